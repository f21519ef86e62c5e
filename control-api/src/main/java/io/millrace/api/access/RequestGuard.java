package io.millrace.api.access;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what no page and no program of ours sends: requests that another web site makes a browser send, under whatever name it has given to
 * this server's address, and tokens in URLs.
 */
final class RequestGuard {
    /** Room for an id of 256 characters, each percent-encoded in full, and for every filter; longer ones are mistakes or worse. */
    static final int MAX_URL_CHARS = 8 * 1024;

    private static final String JSON = "application/json";

    /** Without side effects, so a page elsewhere that makes a browser send one gains nothing: it may not read the answer. */
    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    /** What others call the parameter that carries a token. */
    private static final Set<String> TOKEN_PARAMETERS = Set.of("access_token", "token", "bearer", "authorization");

    private final String boundHost;
    private final Optional<URI> publicUrl;
    private final boolean authenticates;

    RequestGuard(String boundHost, AccessConfig config) {
        this.boundHost = boundHost.toLowerCase(Locale.ROOT);
        this.publicUrl = config.publicAddress();
        this.authenticates = config.authenticates();
    }

    /**
     * Lets a request through.
     *
     * @throws AccessRefusedException with the status and the reason, if it is refused
     */
    void check(Context ctx) {
        checkUrl(ctx);
        if (!authenticates) {
            checkHost(ctx.header("Host"));
        }
        if (!READING.contains(ctx.method())) {
            checkSite(ctx);
            checkBody(ctx);
        }
    }

    private static void checkUrl(Context ctx) {
        String query = Optional.ofNullable(ctx.queryString()).orElse("");
        int chars = ctx.req().getRequestURI().length() + query.length();
        if (chars > MAX_URL_CHARS) {
            throw AccessRefusedException.of(
                    414, "the URL has " + chars + " characters, the limit is " + MAX_URL_CHARS + " characters");
        }
        for (String parameter : query.split("&")) {
            String name = parameter.split("=", 2)[0].toLowerCase(Locale.ROOT);
            if (TOKEN_PARAMETERS.contains(name) || parameter.contains(ApiToken.PREFIX)) {
                throw AccessRefusedException.of(
                        400,
                        "a token does not belong in a URL, which ends up in logs and histories: send it in the header"
                                + " \"Authorization: Bearer ...\", and replace this one, which others may have seen");
            }
        }
    }

    /** A page elsewhere may have led its own name to this address; without a token to ask for, the name is all that gives it away. */
    private void checkHost(@Nullable String host) {
        if (host == null) {
            return; // no browser leaves it out
        }
        String name = host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
        boolean own = Loopback.isName(name)
                || name.equals(boundHost)
                || publicUrl.map(url -> name.equalsIgnoreCase(url.getHost())).orElse(false);
        if (!own) {
            throw AccessRefusedException.forbidden("this server is not called \"" + name
                    + "\": call it localhost, or start it with --public-url if a proxy is in between");
        }
    }

    private void checkSite(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw fromElsewhere("a page of another site (Sec-Fetch-Site: " + site + ")");
        }
        String origin = ctx.header("Origin");
        if (origin != null && !isOwn(origin, ctx.header("Host"))) {
            throw fromElsewhere("a page of " + origin);
        }
    }

    private boolean isOwn(String origin, @Nullable String host) {
        String authority = authority(origin);
        return !authority.isEmpty()
                && (authority.equalsIgnoreCase(host)
                        || publicUrl
                                .map(url -> authority.equals(authority(url.toString())) && sameScheme(origin, url))
                                .orElse(false));
    }

    private static boolean sameScheme(String origin, URI url) {
        String scheme = url.getScheme() + "://";
        return origin.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /** Host and port as a browser writes them, which leaves out the port that the scheme has anyway. */
    private static String authority(String url) {
        try {
            URI parsed = URI.create(url);
            boolean usual = "https".equals(parsed.getScheme()) ? parsed.getPort() == 443 : parsed.getPort() == 80;
            String port = parsed.getPort() < 0 || usual ? "" : ":" + parsed.getPort();
            return parsed.getHost() == null ? "" : parsed.getHost().toLowerCase(Locale.ROOT) + port;
        } catch (IllegalArgumentException noUrl) {
            return "";
        }
    }

    private static AccessRefusedException fromElsewhere(String where) {
        return AccessRefusedException.forbidden("the request comes from " + where
                + ", and only this server's own pages may change something. If a proxy is in between, start the server with"
                + " --public-url and the address that browsers have");
    }

    /** A form of another site cannot send JSON, so what can be sent by a form is not read. */
    private static void checkBody(Context ctx) {
        String type = ctx.header("Content-Type");
        boolean hasBody = ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
        boolean isJson = type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(JSON);
        if (!isJson && (hasBody || type != null)) {
            throw AccessRefusedException.of(
                    415,
                    "the body must be JSON and say so: send the header \"Content-Type: application/json\" (with curl:"
                            + " -H 'Content-Type: application/json')");
        }
    }
}
