package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Properties;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All commands that speak to the service. */
public final class Commands {

    enum Shell {
        bash,
        zsh
    }

    /** Zsh takes scripts for Bash, and has all that they need but this. */
    private static final String FOR_ZSH = "function compopt { :; }\n";

    private final CommandContext context;

    public Commands(CommandContext context) {
        this.context = context;
    }

    /** By their names, in the order in which the usage shows them. */
    public CommandTable table() {
        CommandTable table = new CommandTable();
        table.with("import", root -> root.addSubcommand(new ImportCommand(new ServiceOptions(context))));
        table.with("job", root -> {
            CommandLine job = group(root, "job", "Jobs: what the service goes on with by itself.");
            add(job, JobCommands.class, "list", "status", "follow", "report");
        });
        addEach(table, TokenCommands.class, "tokens");
        table.with(
                "token", root -> add(group(root, "token", "One token."), TokenCommands.class, "show", "lost", "found"));
        table.with("people", root -> {
            CommandLine people = add(root, PersonCommands.class, "people");
            people.addSubcommand(new PeopleImportCommand(new ServiceOptions(context)));
        });
        table.with("person", root -> {
            CommandLine person = group(root, "person", "One person.");
            add(person, PersonCommands.class, "add", "find", "show", "unlock");
            add(person, PersonChangeCommands.class, "edit", "password", "roles", "delete");
        });
        table.with("pair", root -> root.addSubcommand(new PairCommand(new ServiceOptions(context))));
        addEach(table, AppCommands.class, "pair-app");
        addEach(table, CodeCommands.class, "activate", "check", "resynchronise");
        addEach(table, DeviceCommands.class, "unlock", "block", "unblock", "temporary-codes", "unpair");
        addEach(table, ManyTokensCommands.class, "label", "revoke");
        addEach(table, FileCommands.class, "report", "export");
        table.with("moving-in", root -> {
            String description = "What is needed of another service, to move in from it.";
            add(group(root, "moving-in", description), FileCommands.class, "pingone");
        });
        addEach(table, ApplicationCommands.class, "applications");
        table.with("application", root -> {
            CommandLine application = group(root, "application", "One application: a program that asks the service.");
            add(application, ApplicationCommands.class, "add", "show", "secret", "roles", "delete");
        });
        addEach(table, EnvironmentCommands.class, "environments");
        table.with("environment", root -> {
            String description = "One environment: people and tokens of their own, apart from those of others.";
            add(group(root, "environment", description), EnvironmentCommands.class, "add", "delete");
        });
        table.with("settings", root -> {
            String description = "How the service judges codes, and what people may have.";
            add(group(root, "settings", description), SettingsCommands.class, "show", "set", "reset");
        });
        addEach(table, KeyCommands.class, "keys");
        table.with("key", root -> add(group(root, "key", "A key of the service."), KeyCommands.class, "rotate"));
        table.withOverview("completion", root -> add(root, Commands.class, "completion"));
        addEach(table, Commands.class, "version");
        return table;
    }

    /** Adds the command that asks the audit, which the host has more of. */
    public static CommandLine audit(CommandLine root, CommandContext context) {
        return new Commands(context).add(root, AuditCommands.class, "audit");
    }

    private static CommandLine group(CommandLine root, String name, String description) {
        CommandLine group = new CommandLine(CommandSpec.create().name(name));
        group.getCommandSpec().usageMessage().description(description);
        root.addSubcommand(group);
        return group;
    }

    /** Commands that stand right below the root. */
    private void addEach(CommandTable table, Class<?> type, String... names) {
        for (String name : names) {
            table.with(name, root -> add(root, type, name));
        }
    }

    private void add(CommandLine parent, Class<?> type, String... names) {
        for (String name : names) {
            add(parent, type, name);
        }
    }

    private CommandLine add(CommandLine parent, Class<?> type, String name) {
        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(one -> one.isAnnotationPresent(Command.class))
                .filter(one -> one.getAnnotation(Command.class).name().equals(name))
                .findAny()
                .orElseThrow();
        CommandLine command = new CommandLine(method, this::create);
        parent.addSubcommand(command);
        return command;
    }

    /** Makes what a command's method takes. */
    private <T> T create(Class<T> type) throws Exception {
        return CommandContext.class.isAssignableFrom(type)
                ? type.getDeclaredConstructor(CommandContext.class).newInstance(context)
                : CommandLine.defaultFactory().create(type);
    }

    @Command(
            name = "completion",
            description = "Prints a script for a shell that completes these commands and their options by the Tab key.")
    static void completion(
            @Mixin CommandContext context,
            @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.") Shell shell) {
        CommandSpec root = context.root();
        String script = AutoComplete.bash(root.name(), root.commandLine());
        context.terminal().out().print(shell == Shell.zsh ? FOR_ZSH + script : script);
    }

    @Command(name = "version", description = "Prints the version.")
    static void version(
            @Mixin CommandContext context, @Option(names = "--json", description = "Prints it as JSON.") boolean json) {
        String version = version();
        String java = System.getProperty("java.version");
        ObjectNode versions =
                JsonNodeFactory.instance.objectNode().put("version", version).put("java", java);
        context.terminal().print(versions, json, versionLine());
    }

    /** What {@code version} and {@code --version} print. */
    public static String versionLine() {
        return "Oathbound " + version() + ", on Java " + System.getProperty("java.version");
    }

    /** That of the build. */
    static String version() {
        Properties build = new Properties();
        try (InputStream in = Commands.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("version", "unknown");
    }
}
