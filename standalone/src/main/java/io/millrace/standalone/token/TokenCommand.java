package io.millrace.standalone.token;

import picocli.CommandLine.Command;

/** {@code millrace token}. */
@Command(
        name = "token",
        description = "Tokens for a server that asks who calls it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "create",
        subcommands = CreateTokenCommand.class)
public final class TokenCommand {}
