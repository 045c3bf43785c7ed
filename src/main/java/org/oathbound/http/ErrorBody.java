package org.oathbound.http;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;

/**
 * PingOne's error envelope.
 *
 * @param id names this one failure; a failure that is logged has the same id in the log
 * @param code the class of failure, such as {@code INVALID_DATA}
 * @param message what a person reads
 * @param details every fault that was found; null when there is nothing more to say
 */
public record ErrorBody(
        UUID id, String code, String message, @Nullable List<Fault> details) {

    /** One of the details. */
    public record Fault(
            String code,
            @Nullable String target,
            String message,
            @Nullable Map<String, Object> innerError) {}

    /** A failure that is none of {@link org.oathbound.problem.Problem}. */
    public static ErrorBody of(String code, String message, List<Detail> details) {
        List<Fault> faults = details.stream().map(ErrorBody::fault).toList();
        return new ErrorBody(UUID.randomUUID(), code, message, faults.isEmpty() ? null : faults);
    }

    private static Fault fault(Detail detail) {
        return new Fault(
                detail.code().name(),
                detail.target(),
                detail.message(),
                detail.innerError().isEmpty() ? null : detail.innerError());
    }
}
