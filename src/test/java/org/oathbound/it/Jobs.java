package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The jobs of one client that were answered, and how far each was when somebody looked. For one thread. */
final class Jobs {

    private static final int CHUNK = 500;

    /** A job, and how many of its rows it had looked at. */
    private static final class Posted {
        private final String type;
        private final int rows;
        private int processed;
        private boolean isDone;

        private Posted(String type, int rows) {
            this.type = type;
            this.rows = rows;
        }
    }

    private final Map<String, Posted> posted = new LinkedHashMap<>();

    void posted(String id, String type, int rows) {
        posted.put(id, new Posted(type, rows));
    }

    /** Reads a job, which never goes back. True when it is done, exactly. */
    boolean isDone(Oathbound server, String id) {
        return check(CrashClient.answered(server.get("/oathJobs/" + id), 200).json());
    }

    /** After a start: each job goes on to its end, and every job is in the list, those too whose answers never came. */
    void finish(Oathbound server) {
        posted.forEach((id, job) -> {
            if (!job.isDone) {
                isDone(server, id);
                server.done(id);
                assertThat(isDone(server, id)).isTrue();
            }
        });
        Set<String> listed = new HashSet<>();
        for (JsonNode job : list(server)) {
            String id = job.path("id").asText();
            assertThat(listed.add(id)).as("%s is there once", id).isTrue();
            JsonNode done = job.path("status").asText().equals("DONE") ? job : server.done(id);
            assertExact(done);
            if (posted.containsKey(id)) {
                check(done);
            }
        }
        assertThat(listed).containsAll(posted.keySet());
    }

    private boolean check(JsonNode json) {
        Posted job = Objects.requireNonNull(posted.get(json.path("id").asText()));
        int processed = json.at("/progress/processed").asInt();
        boolean isDone = json.path("status").asText().equals("DONE");
        assertThat(json.path("type").asText()).isEqualTo(job.type);
        assertThat(json.at("/progress/total").asInt()).isEqualTo(job.rows);
        assertThat(processed).as("%s", json).isBetween(job.processed, job.rows);
        assertThat(processed % CHUNK == 0 || processed == job.rows)
                .as("%s", json)
                .isTrue();
        assertThat(isDone || !job.isDone).as("%s was done", json).isTrue();
        if (isDone) {
            assertExact(json);
        }
        job.processed = processed;
        job.isDone = isDone;
        return isDone;
    }

    /** Every row of every job here is a good one. */
    private static void assertExact(JsonNode job) {
        int rows = job.at("/progress/total").asInt();
        String outcome = job.path("type").asText().equals("CREATE_OATH_TOKENS") ? "created" : "revoked";
        assertThat(job.path("status").asText()).as("%s", job).isEqualTo("DONE");
        assertThat(rows).as("%s", job).isPositive();
        assertThat(job.at("/progress/processed").asInt()).as("%s", job).isEqualTo(rows);
        assertThat(job.path("result").toString()).isEqualTo("{\"" + outcome + "\":" + rows + "}");
    }

    private static List<JsonNode> list(Oathbound server) {
        List<JsonNode> jobs = new ArrayList<>();
        Answer page = CrashClient.answered(server.get("/oathJobs?limit=100"), 200);
        while (true) {
            page.json().at("/_embedded/oathJobs").forEach(jobs::add);
            String next = page.text("/_links/next/href");
            if (next.isEmpty()) {
                return jobs;
            }
            page = CrashClient.answered(server.follow(next), 200);
        }
    }
}
