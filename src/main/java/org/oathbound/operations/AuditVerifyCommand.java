package org.oathbound.operations;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.Verification;
import org.oathbound.audit.Verification.Fault;
import org.oathbound.audit.Verification.Known;
import org.oathbound.audit.Verification.Report;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.commandline.entity.ExitCode;
import org.oathbound.directory.DataDirectory;
import org.oathbound.sealing.KeySet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells whether every line of the audit is as the service wrote it. */
@Command(
        name = "verify",
        description =
                "Holds every line of the audit against its keyed hash. Exit code 1, with the file and the line, where"
                        + " one was changed, removed, put in or moved, or where the end was cut off. The service may run.")
final class AuditVerifyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = "--from",
            paramLabel = "SEQ:HASH",
            description = "A line that is known from elsewhere, such as the last that the log collector has: it must be"
                    + " there, and what follows it is verified.")
    private @Nullable String from;

    private final Terminal terminal;

    AuditVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        DataDirectory data = BreakGlass.dataDirectory(command);
        KeySet keys = KeySet.existing(data);
        try {
            terminal.print(text(Verification.verify(data.path(), keys, known())));
            return ExitCode.DONE;
        } catch (Fault fault) {
            terminal.tell("The audit is not as the service wrote it. " + fault.getMessage());
            return ExitCode.FAILED;
        }
    }

    private @Nullable Known known() {
        try {
            return from == null ? null : Known.parse(from);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private static String text(Report report) {
        StringBuilder text = new StringBuilder()
                .append(report.lines())
                .append(" lines in ")
                .append(report.files())
                .append(" files are as the service wrote them. The last is ")
                .append(report.sequence())
                .append(':')
                .append(report.hash());
        if (report.recovered() > 0) {
            text.append("\nAfter a crash the service went on behind the beginning of a line, ")
                    .append(report.recovered())
                    .append(" times: see audit.recovered.");
        }
        if (report.damages() > 0) {
            text.append("\nThe service found lines changed or missing, ")
                    .append(report.damages())
                    .append(" times: see audit.recovered with the outcome failure.");
        }
        if (report.beginning()) {
            text.append(
                    "\nAt the end stands the beginning of a line, which is being written, or was cut off by a crash.");
        }
        return text.toString();
    }
}
