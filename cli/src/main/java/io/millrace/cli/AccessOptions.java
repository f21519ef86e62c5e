package io.millrace.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who the command is from. A token is never an argument: everybody on the machine can see those. */
final class AccessOptions {
    private static final String TOKEN = "MILLRACE_TOKEN";

    @Option(names = "--token-file", paramLabel = "FILE", description = "Holds the token; else $MILLRACE_TOKEN is it.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Certificates (PEM) that the server's is signed by.")
    private @Nullable Path caFile;

    @Option(
            names = "--insecure-http",
            description = "Sends the token over http to another machine, too: anybody on the way can read it.")
    private boolean insecureHttp;

    /** What goes with requests to this server. */
    Access to(URI server, CommonOptions common) {
        String token;
        SSLSocketFactory trust;
        try {
            token = token();
            trust = caFile == null ? null : Certificates.trusting(caFile);
        } catch (IllegalArgumentException e) {
            throw common.usage(String.valueOf(e.getMessage()));
        } catch (IOException | GeneralSecurityException e) {
            throw common.usage("--ca-file " + caFile + " cannot be used: " + e);
        }
        if (token != null && !insecureHttp && Access.isInTheOpen(server)) {
            throw common.usage(
                    "the token would go to " + server.getHost() + " over http, and anybody on the way could read it."
                            + " Use https://, or add --insecure-http where the way is safe by other means (a tunnel, a mesh)");
        }
        return new Access(token, Access.issuer(System.getProperty("user.name", "")), trust);
    }

    private @Nullable String token() {
        if (tokenFile != null) {
            return Access.tokenIn(tokenFile);
        }
        String token = System.getenv(TOKEN);
        return token == null || token.isEmpty() ? null : Access.checked(token, "$" + TOKEN);
    }
}
