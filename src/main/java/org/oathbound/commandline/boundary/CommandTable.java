package org.oathbound.commandline.boundary;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * All commands below the root, by their names. To make them all takes longer than what most of them do, so a process makes
 * those that its arguments name; where they name none, as {@code oathbound --help} does, it makes all.
 */
public final class CommandTable {

    private final Map<String, Consumer<CommandLine>> all = new LinkedHashMap<>();
    private final Set<String> overviews = new HashSet<>();

    /** One more; it is shown behind those that are there. */
    public CommandTable with(String name, Consumer<CommandLine> addTo) {
        all.put(name, addTo);
        return this;
    }

    /** One more, which tells of all the others and so needs them made. */
    CommandTable withOverview(String name, Consumer<CommandLine> addTo) {
        overviews.add(name);
        return with(name, addTo);
    }

    /** Adds those that the arguments name, each with the option {@code --help}, as the root has it then. */
    public void addTo(CommandLine root, List<String> arguments) {
        boolean isNamed = arguments.stream().anyMatch(all::containsKey)
                && arguments.stream().noneMatch(overviews::contains);
        all.forEach((name, addTo) -> {
            if (!isNamed || arguments.contains(name)) {
                addTo.accept(root);
            }
        });
        addHelp(root);
    }

    private static void addHelp(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.findOption("--help") == null) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Says what the command does.")
                    .build());
        }
        command.getSubcommands().values().forEach(CommandTable::addHelp);
    }
}
