package io.millrace.api.access;

import com.nimbusds.jwt.JWTClaimsSet;
import io.millrace.api.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads off a token that was checked who holds it and what they may do. */
final class ClaimReader {
    private final List<String> roleClaims;
    private final List<String> nameClaims;

    ClaimReader(OidcConfig config) {
        this.roleClaims = config.roleClaims();
        this.nameClaims = config.nameClaims();
    }

    /**
     * The holder.
     *
     * @throws AccessRefusedException 401 if they have no name
     */
    Principal principal(JWTClaimsSet claims) {
        return new Principal(unique(name(claims), claims.getSubject()), role(claims), Principal.Authentication.OIDC);
    }

    /**
     * Names that people choose may be somebody else's, too; the subject is not. Who configures one claim knows what it says, and it stands
     * alone.
     */
    private String unique(String name, @Nullable String subject) {
        if (nameClaims.size() == 1 || subject == null || name.equals(subject)) {
            return name;
        }
        String both = name + " (" + subject + ")";
        return Principal.isName(both) ? both : subject;
    }

    private String name(JWTClaimsSet claims) {
        return nameClaims.stream()
                .map(claim -> claim(claims, claim))
                .flatMap(Optional::stream)
                .filter(value -> value instanceof String text && Principal.isName(text))
                .map(String.class::cast)
                .findFirst()
                .orElseThrow(() -> AccessRefusedException.unauthenticated(
                        "the token names nobody: it must have one of the" + " claims " + nameClaims + ", of 1 to "
                                + Principal.MAX_NAME_CHARS + " printable characters"));
    }

    /** The highest that is named; providers' own roles stand there as well. */
    private Role role(JWTClaimsSet claims) {
        Optional<Object> value = roleClaims.stream()
                .map(claim -> claim(claims, claim))
                .flatMap(Optional::stream)
                .findFirst();
        List<String> named = value.map(ClaimReader::texts).orElse(List.of());
        return Arrays.stream(Role.values())
                .filter(role -> named.stream().anyMatch(text -> role.name().equalsIgnoreCase(text)))
                .max(Role::compareTo)
                .orElse(Role.ANYONE);
    }

    private static List<String> texts(Object value) {
        Stream<?> values = value instanceof Collection<?> several ? several.stream() : Stream.of(value);
        return values.filter(Objects::nonNull).map(Object::toString).toList();
    }

    /** The claim of this name; else the one that the name's parts lead to, as in {@code realm_access.roles}. */
    private static Optional<Object> claim(JWTClaimsSet claims, String name) {
        Object whole = claims.getClaim(name);
        if (whole != null) {
            return Optional.of(whole);
        }
        Object part = claims.getClaims();
        for (String key : name.split("\\.")) {
            part = part instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return Optional.ofNullable(part);
    }
}
