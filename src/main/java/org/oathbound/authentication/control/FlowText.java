package org.oathbound.authentication.control;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.authentication.entity.Flow.Failure;
import org.oathbound.authentication.entity.Flow.Status;
import org.oathbound.authentication.entity.Flow.Subject;

/** A flow as one line of text, and back: a text needs no class of ours where the cache keeps it. Equal flows, equal texts. */
final class FlowText {

    private static final String NONE = "-";

    private FlowText() {}

    static String of(Flow flow) {
        Subject subject = flow.subject();
        return String.join(
                " ",
                subject.id().toString(),
                subject.environment().toString(),
                subject.application().toString(),
                subject.user().toString(),
                subject.policy().toString(),
                subject.createdAt().toString(),
                flow.status().name(),
                orNone(flow.failure()),
                orNone(flow.device()),
                Integer.toString(flow.attempts()),
                flow.updatedAt().toString());
    }

    static Flow parse(String text) {
        String[] parts = text.split(" ", -1);
        return new Flow(
                new Subject(
                        UUID.fromString(parts[0]),
                        UUID.fromString(parts[1]),
                        UUID.fromString(parts[2]),
                        UUID.fromString(parts[3]),
                        UUID.fromString(parts[4]),
                        Instant.parse(parts[5])),
                Status.valueOf(parts[6]),
                parts[7].equals(NONE) ? null : Failure.valueOf(parts[7]),
                parts[8].equals(NONE) ? null : UUID.fromString(parts[8]),
                Integer.parseInt(parts[9]),
                Instant.parse(parts[10]));
    }

    private static String orNone(@Nullable Object value) {
        return value == null ? NONE : value.toString();
    }
}
