package io.millrace.standalone.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The access control lists as the handbook has them, so that it says what is true. */
final class HandbookAcls {
    private static final Path HANDBOOK = Path.of("..", "docs", "handbook", "access.md");

    private static final Map<String, ResourceType> RESOURCES = Map.of(
            "--topic",
            ResourceType.TOPIC,
            "--group",
            ResourceType.GROUP,
            "--transactional-id",
            ResourceType.TRANSACTIONAL_ID);

    private HandbookAcls() {}

    /** What is always needed: the lines that stand at the margin. Those that are indented are for special cases. */
    static List<AclBinding> needed() {
        try {
            return Files.readAllLines(HANDBOOK).stream()
                    .filter(line -> line.startsWith("acls --"))
                    .flatMap(line -> parse(line).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<AclBinding> parse(String line) {
        String[] words = line.split(" ");
        String principal = "";
        ResourceType type = ResourceType.UNKNOWN;
        String name = "";
        PatternType pattern = PatternType.LITERAL;
        List<AclOperation> operations = new ArrayList<>();
        for (int i = 1; i < words.length; i += 2) {
            String value = words[i + 1];
            switch (words[i]) {
                case "--allow-principal" -> principal = value;
                case "--operation" -> operations.add(operation(value));
                case "--resource-pattern-type" -> pattern = PatternType.valueOf(value.toUpperCase(Locale.ROOT));
                default -> {
                    type = RESOURCES.getOrDefault(words[i], ResourceType.UNKNOWN);
                    name = value;
                }
            }
        }
        ResourcePattern resource = new ResourcePattern(type, name, pattern);
        String who = principal;
        return operations.stream()
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry(who, "*", operation, AclPermissionType.ALLOW)))
                .toList();
    }

    private static AclOperation operation(String word) {
        return AclOperation.fromString(word.replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
    }
}
