package io.millrace.standalone.security;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A certificate for a broker on this machine, made with the keytool of the Java that runs. */
final class BrokerCertificate {
    private static final String PASSWORD = "changeit";

    private final Path keys;
    private final Path certificate;

    private BrokerCertificate(Path directory) {
        this.keys = directory.resolve("broker.p12");
        this.certificate = directory.resolve("broker.pem");
    }

    static BrokerCertificate in(Path directory) throws IOException, InterruptedException {
        BrokerCertificate made = new BrokerCertificate(directory);
        made.keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=broker", "-ext", "san=ip:127.0.0.1");
        made.keytool("-exportcert", "-rfc", "-file", made.certificate.toString());
        return made;
    }

    /** Where the private key is, in PKCS12. */
    String keyStore() {
        return keys.toString();
    }

    String password() {
        return PASSWORD;
    }

    /** The certificate alone, in PEM. */
    String trusted() {
        return certificate.toString();
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-alias",
                "broker",
                "-keystore",
                keys.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(1, List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + String.join(" ", command));
        }
    }
}
