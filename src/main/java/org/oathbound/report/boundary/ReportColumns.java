package org.oathbound.report.boundary;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonbConfiguration.Timestamps;
import org.oathbound.report.control.ReportLine;

/** The columns of one kind of line. */
final class ReportColumns {

    private static final Timestamps TIMESTAMPS = new Timestamps();

    private final List<RecordComponent> components;

    ReportColumns(Class<? extends ReportLine> lineType) {
        this.components = Arrays.asList(lineType.getRecordComponents());
    }

    List<String> names() {
        return components.stream().map(RecordComponent::getName).toList();
    }

    int size() {
        return components.size();
    }

    String name(int column) {
        return components.get(column).getName();
    }

    /** What stands there: a number, a truth, or a text; null for nothing. */
    @Nullable
    Object value(ReportLine line, int column) {
        Object value = read(line, column);
        if (value instanceof Instant instant) {
            return TIMESTAMPS.adaptToJson(instant);
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private @Nullable Object read(ReportLine line, int column) {
        try {
            return components.get(column).getAccessor().invoke(line);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record's accessor can be called", e);
        }
    }
}
