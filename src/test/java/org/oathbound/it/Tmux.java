package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.oathbound.Machine;

/** A terminal with a shell in it, and what somebody sees there. */
final class Tmux implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A server of its own: nobody's sessions are touched. */
    private final String socket = "oathbound-" + UUID.randomUUID();

    private final Map<String, String> environment;

    private Tmux(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Skips the test where there is none. */
    static Tmux open(Map<String, String> environment) {
        Machine.mustHave(Machine.runs("tmux", "-V"), "tmux (apt-get install tmux)");
        Tmux tmux = new Tmux(environment);
        tmux.run("-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "30", "PS1='ready> ' sh");
        tmux.awaitMatch("ready>");
        return tmux;
    }

    /** Types a line. */
    void type(String line) {
        run("send-keys", "-l", line);
        run("send-keys", "Enter");
    }

    void pressCtrlC() {
        run("send-keys", "C-c");
    }

    /** What is to be seen. */
    String screen() {
        return run("capture-pane", "-p");
    }

    /** Waits until something is to be seen. */
    Matcher awaitMatch(String pattern) {
        Instant deadline = Instant.now().plus(PATIENCE);
        Pattern compiled = Pattern.compile(pattern);
        while (true) {
            Matcher matcher = compiled.matcher(screen());
            if (matcher.find()) {
                return matcher;
            }
            assertThat(Instant.now()).as(pattern + " is not in\n" + screen()).isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    @Override
    public void close() {
        run("kill-server");
    }

    private String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", socket));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().remove("TMUX"); // the tests may run in one themselves
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(command + ": " + said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
