package org.oathbound.commandline.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;
import org.oathbound.commandline.entity.ExitCode;

/** Waits for the end of a job, and shows how far it is. A job outlives a restart of the service, and so does this. */
public final class JobWatch {

    private static final long PAUSE_MILLIS = 500;

    private final ServiceClient client;
    private final Terminal terminal;

    public JobWatch(ServiceClient client, Terminal terminal) {
        this.client = client;
        this.terminal = terminal;
    }

    /** What an interrupted command says of the job that it has begun. */
    public static String howToFollow(String id) {
        return "The job goes on. Follow it: oathbound job follow " + id;
    }

    /** The job as it stands at its end. */
    public JsonNode follow(String id) {
        return terminal.tellIfInterrupted(howToFollow(id), () -> wait(id));
    }

    private JsonNode wait(String id) {
        try (ProgressBar bar = new ProgressBar(terminal, "Rows")) {
            JsonNode job = read(id);
            while (!isOver(job)) {
                show(bar, job);
                long begun = System.nanoTime();
                RetryWhenBusy.pause(PAUSE_MILLIS);
                job = read(id);
                // A job's answer lists all its faulty rows each time, so a long answer is asked for less often.
                RetryWhenBusy.pause(2 * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) - 2 * PAUSE_MILLIS);
            }
            show(bar, job);
            return job;
        }
    }

    private static boolean isOver(JsonNode job) {
        return !job.path("status").asText().equals("PENDING");
    }

    private static void show(ProgressBar bar, JsonNode job) {
        JsonNode progress = job.path("progress");
        bar.show(progress.path("processed").asLong(), progress.path("total").asLong());
    }

    private JsonNode read(String id) {
        try {
            return RetryWhenBusy.ask(() -> client.get("/oathJobs/" + ServiceClient.encoded(id)));
        } catch (Failure e) {
            throw e.exitCode() == ExitCode.TRY_LATER
                    ? new Failure(ExitCode.TRY_LATER, e.getMessage() + "\n" + howToFollow(id))
                    : e;
        }
    }
}
