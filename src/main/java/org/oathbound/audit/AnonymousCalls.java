package org.oathbound.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of anonymous clients that name no person, application or token. The first of a network in a minute is a line of its
 * own; the others of that minute are counted, and their count is one line when the minute is over. So a client that is let in
 * nowhere writes a few lines a minute, however often it calls.
 */
final class AnonymousCalls {

    /** So many networks are told apart in a minute; all further ones share a count. */
    static final int MAX_NETWORKS = 4_096;

    private static final String FURTHER = "further networks";
    private static final long MINUTE = Duration.ofMinutes(1).toSeconds();

    private final Map<String, Count> counts = new HashMap<>();
    private long minute;

    /** How many calls of a network came behind the first, whose line its own refers to, and when the last of them came. */
    private static final class Count {

        private final AuditContext context;
        private final Outcome outcome;
        private long further;
        private Instant last;

        Count(@Nullable String address, RecordedEvent first, Outcome outcome) {
            String correlationId = first.context().correlationId();
            this.context =
                    new AuditContext(null, AuditContext.ANONYMOUS, correlationId, address, null, null, null, null);
            this.outcome = outcome;
            this.last = first.at();
        }
    }

    /**
     * Counts a call.
     *
     * @param network what counts as one address
     * @return the lines that are due: the counts of a minute that is over, and the call itself if it is the first
     */
    synchronized List<RecordedEvent> due(RecordedEvent call, String network) {
        List<RecordedEvent> lines = over(call.at());
        // A bind without a name succeeds, and must not stand in a count of refusals.
        Outcome outcome = call.event().outcome() == Outcome.SUCCESS ? Outcome.SUCCESS : Outcome.REFUSED;
        String wanted = outcome + " " + network;
        boolean isKept = counts.containsKey(wanted) || counts.size() < MAX_NETWORKS;
        String key = isKept ? wanted : outcome + " " + FURTHER;
        Count count = counts.get(key);
        if (count == null) {
            counts.put(key, new Count(isKept ? call.context().address() : null, call, outcome));
            lines.add(call);
        } else {
            count.further++;
            count.last = call.at();
        }
        return lines;
    }

    /** The lines of the counts of a minute that is over, and these begin anew; none while it is under way. */
    synchronized List<RecordedEvent> over(Instant now) {
        long current = Math.floorDiv(now.getEpochSecond(), MINUTE);
        if (current == minute) {
            return new ArrayList<>();
        }
        minute = current;
        List<RecordedEvent> lines = new ArrayList<>();
        for (Count count : counts.values()) {
            if (count.further > 0) {
                AuditEvent event = new AuditEvent(Action.ANONYMOUS_COUNT, count.outcome);
                lines.add(new RecordedEvent(event, count.context, count.last, count.further));
            }
        }
        counts.clear();
        return lines;
    }
}
