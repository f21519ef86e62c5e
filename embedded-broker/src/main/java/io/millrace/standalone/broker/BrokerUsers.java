package io.millrace.standalone.broker;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The settings of a broker that asks its clients who they are, and lets them do what access control lists say. */
final class BrokerUsers {
    /** What needs no quoting in the login module's own language. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]+");

    private static final String LISTENER =
            "listener.name." + BrokerSettings.CLIENT_LISTENER.toLowerCase(Locale.ROOT) + ".";

    private BrokerUsers() {}

    static Map<String, String> settings(
            Map<String, String> others, String administrator, Map<String, String> passwords) {
        if (!passwords.containsKey(administrator)) {
            throw new IllegalArgumentException("the administrator " + administrator + " needs a password");
        }
        Map<String, String> settings = new LinkedHashMap<>(others);
        boolean encrypted = settings.containsKey("ssl.keystore.location");
        settings.put(
                "listener.security.protocol.map",
                BrokerSettings.CLIENT_LISTENER + (encrypted ? ":SASL_SSL," : ":SASL_PLAINTEXT,")
                        + BrokerSettings.CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        // The broker talks to itself as well: it tells the partitions how a transaction has ended.
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put(LISTENER + "plain.sasl.jaas.config", logins(administrator, passwords));
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("allow.everyone.if.no.acl.found", "false");
        // Nameless is who comes by the controller's listener, which is this process alone.
        settings.put("super.users", "User:" + administrator + ";User:ANONYMOUS");
        return settings;
    }

    private static String logins(String administrator, Map<String, String> passwords) {
        StringBuilder logins = new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required")
                .append(" username=\"" + administrator + "\" password=\"" + passwords.get(administrator) + "\"");
        passwords.forEach((user, password) -> {
            if (!PLAIN.matcher(user).matches() || !PLAIN.matcher(password).matches()) {
                throw new IllegalArgumentException("names and passwords must be letters and digits");
            }
            logins.append(" user_" + user + "=\"" + password + "\"");
        });
        return logins.append(';').toString();
    }
}
