package org.oathbound.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.entity.BreakGlassPass;
import org.oathbound.directory.DataDirectory;
import org.oathbound.oauth.control.AccessTokens;
import org.oathbound.oauth.control.Issuer;
import org.oathbound.sealing.KeySet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Gives a user of the host who can read the data directory an administrator's rights for an hour, while the service
 * runs.
 */
@Command(
        name = "break-glass",
        description = "Prints an access token that has the rights of the first application for an hour, also when all"
                + " applications are lost. The service may run. break-glass.log in the data directory keeps who"
                + " asked for it and why; the audit has a line for each request with it.")
final class BreakGlass implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = "--environment",
            paramLabel = "ID",
            description = "The environment's id; default: that of bootstrap.env, else $OATHBOUND_ENVIRONMENT_ID.")
    private @Nullable UUID environment;

    @Option(
            names = "--issuer-url",
            paramLabel = "URL",
            description = "As the service has it; default: $OATHBOUND_ISSUER_URL, else $OATHBOUND_PUBLIC_URL, else"
                    + " http://localhost:8080.")
    private @Nullable String issuerUrl;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; one line, which is kept.")
    private String reason = "";

    @Override
    public Integer call() throws IOException {
        BreakGlassPass pass = pass();
        DataDirectory data = dataDirectory(command);
        KeySet keys = KeySet.existing(data);
        UUID where = environment(data);
        Issuer issuer =
                new Issuer(Optional.ofNullable(issuerUrl).or(() -> variable("ISSUER_URL")), variable("PUBLIC_URL"));
        Instant now = Clock.systemUTC().instant();
        Instant until = now.plus(AccessTokens.LIFETIME);
        String token = new AccessTokens(keys, issuer, Clock.fixed(now, ZoneOffset.UTC)).issue(where, pass);
        BreakGlassLog log = new BreakGlassLog(data);
        log.append(now, until, user(), where, pass); // first: no access that nothing tells of
        command.commandLine().getOut().println(token);
        command.commandLine()
                .getErr()
                .println("The access token " + pass.id() + " is good until " + until + ", for " + issuer.of(where)
                        + ". It is written down in " + log.path() + ".");
        return 0;
    }

    private BreakGlassPass pass() {
        try {
            return new BreakGlassPass(UUID.randomUUID(), reason);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /** The data directory of all commands. It must exist: a mistyped one is not created. */
    static DataDirectory dataDirectory(CommandSpec command) {
        Path path = command.root().findOption("--data-dir").getValue();
        if (!Files.isDirectory(path)) {
            throw new IllegalStateException(
                    "There is no data directory " + path.toAbsolutePath().normalize() + ": name it with --data-dir.");
        }
        return new DataDirectory(path);
    }

    private UUID environment(DataDirectory data) {
        if (environment != null) {
            return environment;
        }
        BootstrapFile bootstrap = new BootstrapFile(data);
        String id = Optional.ofNullable(bootstrap.read().get(BootstrapFile.ENVIRONMENT_ID))
                .or(() -> variable("ENVIRONMENT_ID"))
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "No file " + bootstrap.path().toAbsolutePath().normalize()
                                + " says which environment: name it with --environment."));
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "The environment's id is not a UUID: " + id, e);
        }
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv("OATHBOUND_" + name)).filter(value -> !value.isBlank());
    }

    /** The user of this process, and the user who called sudo, if sudo names one. */
    private static String user() {
        String user = ProcessHandle.current().info().user().orElseGet(() -> System.getProperty("user.name"));
        String before = System.getenv("SUDO_USER");
        return before == null || before.isBlank() ? user : before + "/" + user;
    }
}
