package io.millrace.standalone;

import io.millrace.api.access.AccessConfig;
import io.millrace.api.access.OidcConfig;
import io.millrace.standalone.Parts.ApiAddress;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the API listens, and who may use it. Each can come from the environment, as containers do it. */
final class ApiOptions {
    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:MILLRACE_HOST:-127.0.0.1}",
            description = "Address the API listens on (or MILLRACE_HOST). One that others can reach takes --tokens or"
                    + " --oidc-issuer.")
    private String host = ApiAddress.LOOPBACK;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:MILLRACE_PORT:-7070}",
            description = "Port of the API (or MILLRACE_PORT).")
    private int port = ApiAddress.DEFAULT_PORT;

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            defaultValue = "${env:MILLRACE_TOKENS}",
            description =
                    "Ask for a token, and know those of this file (or MILLRACE_TOKENS); see \"millrace token create\"."
                            + " Changes of the file count within a second.")
    private @Nullable String tokens;

    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            defaultValue = "${env:MILLRACE_OIDC_ISSUER}",
            description = "Ask for a token, and accept those of this OpenID provider (or MILLRACE_OIDC_ISSUER).")
    private @Nullable String oidcIssuer;

    @Option(
            names = "--oidc-audience",
            paramLabel = "NAME",
            defaultValue = "${env:MILLRACE_OIDC_AUDIENCE}",
            description = "Whom the provider's tokens must be for: what Millrace is called there (or"
                    + " MILLRACE_OIDC_AUDIENCE). Needed with --oidc-issuer.")
    private @Nullable String oidcAudience;

    @Option(
            names = "--oidc-role-claim",
            paramLabel = "CLAIM",
            defaultValue = "${env:MILLRACE_OIDC_ROLE_CLAIM}",
            description =
                    "Where the provider's tokens say viewer, operator or admin (or MILLRACE_OIDC_ROLE_CLAIM), such as"
                            + " realm_access.roles; by default millrace_role, else roles.")
    private @Nullable String oidcRoleClaim;

    @Option(
            names = "--oidc-name-claim",
            paramLabel = "CLAIM",
            defaultValue = "${env:MILLRACE_OIDC_NAME_CLAIM}",
            description =
                    "Where they say who it is, for the history of workflows (or MILLRACE_OIDC_NAME_CLAIM); by default"
                            + " preferred_username, else email, else sub.")
    private @Nullable String oidcNameClaim;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            defaultValue = "${env:MILLRACE_PUBLIC_URL}",
            description = "What browsers call this server where a proxy is in between (or MILLRACE_PUBLIC_URL).")
    private @Nullable String publicUrl;

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            defaultValue = "${env:MILLRACE_RATE_LIMIT:-2000}",
            description =
                    "Requests a second that one user, or one address where nobody is asked who they are, may make (or"
                            + " MILLRACE_RATE_LIMIT); 0 for no limit.")
    private int rateLimit = AccessConfig.DEFAULT_REQUESTS_PER_SECOND;

    /**
     * Where, and for whom.
     *
     * @throws IllegalArgumentException if others could reach it and nobody would be asked who they are, or an option cannot be
     */
    ApiAddress address() {
        AccessConfig access = access();
        access.requireSafeOn(host);
        return new ApiAddress(host, port, access);
    }

    private AccessConfig access() {
        AccessConfig access = AccessConfig.open().withRequestsPerSecond(rateLimit);
        if (isGiven(tokens)) {
            access = access.withTokens(Path.of(tokens));
        }
        if (isGiven(publicUrl)) {
            access = access.withPublicUrl(URI.create(publicUrl));
        }
        return isGiven(oidcIssuer) ? access.withOidc(oidc(oidcIssuer)) : access;
    }

    private OidcConfig oidc(String issuer) {
        if (!isGiven(oidcAudience)) {
            throw new IllegalArgumentException("--oidc-issuer needs --oidc-audience, what Millrace is called at the"
                    + " provider: tokens that it made for other programs must not be accepted here");
        }
        OidcConfig oidc = OidcConfig.of(URI.create(issuer), oidcAudience);
        oidc = isGiven(oidcRoleClaim) ? oidc.withRoleClaim(oidcRoleClaim) : oidc;
        return isGiven(oidcNameClaim) ? oidc.withNameClaim(oidcNameClaim) : oidc;
    }

    /** A variable of the environment that is set to nothing says nothing. */
    private static boolean isGiven(@Nullable String option) {
        return option != null && !option.isBlank();
    }
}
