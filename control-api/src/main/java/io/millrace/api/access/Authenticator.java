package io.millrace.api.access;

import java.util.Optional;

/** Says whose a token is. Thread-safe. */
interface Authenticator {
    /**
     * Whose it is.
     *
     * @return empty where it is none of this kind, so that another kind may know it
     * @throws AccessRefusedException 401 where it is of this kind and not valid, 503 where that cannot be found out now
     */
    Optional<Principal> authenticate(String token);
}
