package io.millrace.standalone.token;

import io.millrace.api.access.ApiToken;
import io.millrace.api.access.TokenLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace token create}. The token alone goes to standard output, so that a script can take it from there. */
@Command(
        name = "create",
        description = "Makes a token of 256 random bits, prints it once, and adds its hash to a tokens file.",
        mixinStandardHelpOptions = true)
final class CreateTokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "Who will hold it: the history of workflows calls them this.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            description =
                    "What they may do: viewer (look), operator (also start and command workflows) or admin (also set"
                            + " queues).")
    private String role = "";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The tokens file, which is made if need be; without it, the line for the file is printed.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        ApiToken token = ApiToken.random();
        TokenLine line = new TokenLine(name, TokenLine.role(role), token.hash());
        if (file != null) {
            append(file, line.text());
        }
        var words = spec.commandLine().getErr();
        words.println(
                file == null
                        ? "Put this line into the server's tokens file:\n\n  " + line.text()
                        : "Added " + name + " to " + file + "; a server with --tokens " + file + " knows it at once.");
        words.println("\nThis is the token. It is shown only now:\n");
        words.flush();
        spec.commandLine().getOut().println(token.secret());
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** In one write, so that a server that reads the file meanwhile sees the whole line or none of it. */
    private static void append(Path file, String line) throws IOException {
        boolean unended = Files.exists(file)
                && Files.size(file) > 0
                && !Files.readString(file).endsWith("\n");
        byte[] bytes = ((unended ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8);
        try (SeekableByteChannel channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), ownersAlone())) {
            channel.write(ByteBuffer.wrap(bytes));
        }
    }

    /** A new file is its owner's alone; one that is there keeps what it has. Nobody can make a token of a hash, but who has one is nobody's business. */
    private static FileAttribute<?>[] ownersAlone() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
