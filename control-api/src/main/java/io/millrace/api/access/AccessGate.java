package io.millrace.api.access;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import io.millrace.api.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes before its route: the one place where it is decided who asks and whether they may. Routes find out who it was with
 * {@link #principal}.
 */
public final class AccessGate {
    /** By this header somebody says who they are where nobody asks; see {@link AccessConfig#open}. */
    public static final String ISSUER_HEADER = "Millrace-Issuer";

    /** What the history calls those who do not say who they are. */
    static final String NOBODY = "anonymous";

    private static final String HEALTH = "/health/";
    private static final String PRINCIPAL = "millrace.principal";
    private static final String BEARER = "Bearer ";

    private final SecurityHeaders headers;
    private final RequestGuard guard;
    private final RequestRate rate;
    private final List<Authenticator> authenticators;

    private AccessGate(
            SecurityHeaders headers, RequestGuard guard, RequestRate rate, List<Authenticator> authenticators) {
        this.headers = headers;
        this.guard = guard;
        this.rate = rate;
        this.authenticators = List.copyOf(authenticators);
    }

    /**
     * A gate for a server that listens on this address.
     *
     * @throws IllegalArgumentException if the configuration would let in anybody from elsewhere, or the tokens file cannot be read; the
     *     message says what to do
     */
    public static AccessGate of(AccessConfig config, String host, SecurityHeaders headers) {
        config.requireSafeOn(host);
        List<Authenticator> authenticators = new ArrayList<>();
        if (config.tokensFile() != null) {
            authenticators.add(TokenFile.open(config.tokensFile(), System::nanoTime));
        }
        if (config.oidc() != null) {
            authenticators.add(
                    new OidcTokens(config.oidc(), new ProviderKeys(config.oidc().issuer(), ProviderKeys.Pace.USUAL)));
        }
        return new AccessGate(
                headers,
                new RequestGuard(host, config),
                new RequestRate(config.requestsPerSecond(), System::nanoTime),
                authenticators);
    }

    /** Puts itself before all routes. */
    public void addTo(RoutesConfig routes) {
        routes.before(ctx -> {
            headers.byName().forEach(ctx::header);
            guard.check(ctx);
        });
        routes.beforeMatched(this::admit);
    }

    /**
     * Who asks.
     *
     * @throws IllegalStateException for a route that takes {@link Role#ANYONE}, where nobody is asked
     */
    public static Principal principal(Context ctx) {
        Principal principal = ctx.attribute(PRINCIPAL);
        if (principal == null) {
            throw new IllegalStateException("nobody was asked who they are at " + ctx.path());
        }
        return principal;
    }

    /**
     * Whose requests count together where each may have only so many: the user's, or where nobody is asked who they are, the address's.
     *
     * @throws IllegalStateException as {@link #principal}
     */
    public static String countedAs(Context ctx) {
        return countedAs(principal(ctx), ctx);
    }

    private static String countedAs(Principal principal, Context ctx) {
        return principal.authentication() == Principal.Authentication.NONE
                ? address(ctx)
                : principal.authentication().word() + " " + principal.name();
    }

    private static String address(Context ctx) {
        return "address " + ctx.ip();
    }

    private void admit(Context ctx) {
        Role needed = roleOf(ctx);
        if (needed == Role.ANYONE) {
            admitAnyone(ctx);
            return;
        }
        Principal principal;
        try {
            principal = authenticators.isEmpty() ? believed(ctx) : authenticated(ctx.header("Authorization"));
        } catch (AccessRefusedException e) {
            rate.take("refused " + ctx.ip());
            throw e;
        }
        rate.take(countedAs(principal, ctx));
        if (!principal.role().includes(needed)) {
            throw AccessRefusedException.forbidden(tooLittle(principal, needed));
        }
        ctx.attribute(PRINCIPAL, principal);
    }

    /** Health is never refused: who asks for it restarts what does not answer. Behind a proxy, all have one address. */
    private void admitAnyone(Context ctx) {
        if (!ctx.path().startsWith(HEALTH)) {
            rate.take("anyone " + ctx.ip());
        }
    }

    /** A route that does not say whom it takes is a mistake, and closed to all. */
    private static Role roleOf(Context ctx) {
        Set<RouteRole> roles = ctx.routeRoles();
        if (roles.isEmpty() && ctx.method() == HandlerType.HEAD) {
            return Role.ANYONE; // Javalin says that there is such a route, without running it
        }
        if (roles.size() == 1 && roles.iterator().next() instanceof Role role) {
            return role;
        }
        throw new IllegalStateException("the route " + ctx.path() + " must have one role, and has " + roles);
    }

    private static String tooLittle(Principal principal, Role needed) {
        return principal.name() + " may not do this: it takes the role " + needed + ", and "
                + (principal.role() == Role.ANYONE
                        ? "there is none of viewer, operator, admin in the token"
                        : "theirs is " + principal.role());
    }

    private static Principal believed(Context ctx) {
        String name = ctx.header(ISSUER_HEADER);
        if (name != null && !Principal.isName(name)) {
            throw AccessRefusedException.of(
                    400, ISSUER_HEADER + " must be 1 to " + Principal.MAX_NAME_CHARS + " printable characters");
        }
        return new Principal(name == null ? NOBODY : name, Role.ADMIN, Principal.Authentication.NONE);
    }

    private Principal authenticated(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw AccessRefusedException.unauthenticated(
                    "this server wants to know who asks: send a token in the header \"Authorization: Bearer ...\"");
        }
        String token = authorization.substring(BEARER.length()).strip();
        return authenticators.stream()
                .map(authenticator -> authenticator.authenticate(token))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> AccessRefusedException.unauthenticated(
                        "the token is not known here: it may have been taken back, or be for another server"));
    }
}
