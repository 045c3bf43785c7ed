package org.oathbound.commandline.boundary;

import java.util.concurrent.Callable;
import org.oathbound.commandline.entity.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Prints a script for a shell that completes these commands and their options by the Tab key.")
final class CompletionCommand implements Callable<Integer> {

    private enum Shell {
        bash,
        zsh
    }

    /** Zsh takes scripts for Bash, and has all that they need but this. */
    private static final String FOR_ZSH = "function compopt { :; }\n";

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final CommandContext context;

    CompletionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash(spec.root().name(), spec.root().commandLine());
        context.terminal().out().print(shell == Shell.zsh ? FOR_ZSH + script : script);
        return ExitCode.DONE;
    }
}
