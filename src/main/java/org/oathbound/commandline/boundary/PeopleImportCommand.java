package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.BlockedPeople;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.PeopleChanges;
import org.oathbound.commandline.control.PeopleFile;
import org.oathbound.commandline.control.PeoplePlan;
import org.oathbound.commandline.control.ProgressBar;
import org.oathbound.commandline.entity.ExitCode;
import org.oathbound.commandline.entity.PeopleRow;
import org.oathbound.commandline.entity.PeopleStep;
import org.oathbound.commandline.entity.PeopleStep.Kind;
import org.oathbound.commandline.entity.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = "Makes the people those of a file: username,email,given,family,serial. It can be repeated.")
final class PeopleImportCommand implements Callable<Integer> {

    private enum Missing {
        report,
        block
    }

    private static final int PERCENT = 5;
    /** So many may be blocked by default however few people there are. */
    private static final long FEW = 3;

    @Mixin
    private final ServiceOptions service;

    @Parameters(paramLabel = "FILE", description = "Comma-separated values; the first line names the columns.")
    private Path file = Path.of("");

    @Option(
            names = "--missing",
            paramLabel = "WHAT",
            defaultValue = "report",
            description = "What becomes of people whom the file does not name: ${COMPLETION-CANDIDATES}; default:"
                    + " ${DEFAULT-VALUE}.")
    private Missing missing = Missing.report;

    @Option(
            names = "--block-at-most",
            paramLabel = "PERCENT",
            description = "Nothing happens where more of the enabled people would be blocked; default: " + PERCENT
                    + ", and always " + FEW + " people.")
    private @Nullable Integer blockAtMost;

    @Option(
            names = "--blocked",
            paramLabel = "FILE",
            description = "Where the ids of those are kept whom imports have blocked, and whom an import enables when"
                    + " they are named again; default: FILE with .blocked behind its name.")
    private @Nullable Path blockedFile;

    @Option(names = "--preview", description = "Changes nothing; says what would happen.")
    private boolean preview;

    PeopleImportCommand(ServiceOptions service) {
        this.service = service;
    }

    @Override
    public Integer call() throws IOException {
        if (blockAtMost != null && (blockAtMost < 0 || blockAtMost > 100)) {
            throw Failure.usage("--block-at-most is from 0 to 100.");
        }
        List<PeopleRow> rows = PeopleFile.read(file);
        BlockedPeople list = new BlockedPeople(
                blockedFile == null ? file.resolveSibling(file.getFileName() + ".blocked") : blockedFile);
        PeoplePlan plan = new PeoplePlan(service.client(), list.read());
        List<PeopleStep> steps;
        try (ProgressBar bar = new ProgressBar(service.terminal(), "Compared")) {
            steps = plan.compare(rows, bar);
        }
        print(steps);
        if (missing == Missing.block) {
            refuseTooMany(count(steps, Kind.MISSING), plan.enabled());
        }
        return preview ? ExitCode.DONE : change(steps, new PeopleChanges(service.client(), list, plan.stillBlocked()));
    }

    private int change(List<PeopleStep> steps, PeopleChanges changes) throws IOException {
        List<PeopleStep> wanted = steps.stream()
                .filter(step -> step.kind() != Kind.SAME && step.kind() != Kind.LEFT_ALONE)
                .filter(step -> step.kind() != Kind.MISSING || missing == Missing.block)
                .toList();
        List<String> refused;
        try (ProgressBar bar = new ProgressBar(service.terminal(), "People")) {
            refused = changes.make(wanted, bar);
        }
        refused.forEach(service.terminal()::tell);
        return refused.isEmpty() ? ExitCode.DONE : ExitCode.ROWS_NOT_RIGHT;
    }

    private void refuseTooMany(long blocked, long enabled) {
        long most = blockAtMost == null ? Math.max(FEW, enabled * PERCENT / 100) : enabled * blockAtMost / 100;
        if (blocked > most) {
            throw new Failure(
                    ExitCode.FAILED,
                    "Nothing was changed: " + blocked + " of " + enabled + " people would be blocked, and " + most
                            + " may be. If the file is right, raise the bound by --block-at-most PERCENT.");
        }
    }

    private void print(List<PeopleStep> steps) {
        if (service.json()) {
            service.terminal().print(json(steps));
            return;
        }
        List<List<String>> rows = steps.stream()
                .filter(step -> step.kind() != Kind.SAME)
                .map(step ->
                        List.of(step.username(), step.kind().text(), step.note().strip()))
                .toList();
        if (!rows.isEmpty()) {
            service.terminal().print(Table.of("USER NAME", "WHAT", "MORE").with(rows));
        }
        service.terminal()
                .print(Arrays.stream(Kind.values())
                        .map(kind -> count(steps, kind) + " " + kind.text())
                        .collect(Collectors.joining(", ", "", ".")));
    }

    private static ObjectNode json(List<PeopleStep> steps) {
        ObjectNode plan = JsonNodeFactory.instance.objectNode();
        ObjectNode counts = plan.putObject("counts");
        Arrays.stream(Kind.values()).forEach(kind -> counts.put(kind.name(), count(steps, kind)));
        ArrayNode people = plan.putArray("people");
        steps.forEach(step -> people.addObject()
                .put("username", step.username())
                .put("kind", step.kind().name())
                .put("note", step.note().strip()));
        return plan;
    }

    private static long count(List<PeopleStep> steps, Kind kind) {
        return steps.stream().filter(step -> step.kind() == kind).count();
    }
}
