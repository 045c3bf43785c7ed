package org.oathbound.report.boundary;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.oathbound.http.Download;
import org.oathbound.http.SpreadsheetCsv;
import org.oathbound.report.control.ReportLine;

/** Writes a report as one JSON object, or as comma-separated values. One that was cut off is no object, or lacks its last line. */
@Provider
@Produces({MediaType.APPLICATION_JSON, SpreadsheetCsv.MEDIA_TYPE})
public class ReportWriter implements MessageBodyWriter<ReportAnswer> {

    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == ReportAnswer.class;
    }

    @Override
    public void writeTo(
            ReportAnswer report,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        ReportColumns columns = new ReportColumns(report.lineType());
        if (mediaType.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            json(report, columns, out);
        } else {
            headers.putSingle(HttpHeaders.CONTENT_DISPOSITION, Download.named(report.name(), report.at(), "csv"));
            csv(report, columns, out);
        }
    }

    private static void csv(ReportAnswer report, ReportColumns columns, OutputStream out) {
        SpreadsheetCsv csv = new SpreadsheetCsv(out, columns.names());
        report.lines()
                .accept(line -> csv.row(IntStream.range(0, columns.size())
                        .mapToObj(i -> Objects.toString(columns.value(line, i), ""))
                        .toList()));
        csv.end();
    }

    private static void json(ReportAnswer report, ReportColumns columns, OutputStream out) {
        JsonGenerator json = GENERATORS.createGenerator(out);
        json.writeStartObject().writeStartArray("rows");
        AtomicLong count = new AtomicLong();
        report.lines().accept(line -> {
            write(json, columns, line);
            count.incrementAndGet();
        });
        // Not in a finally clause: what ended early must not look whole.
        json.writeEnd().write("count", count.get()).writeEnd().flush();
    }

    private static void write(JsonGenerator json, ReportColumns columns, ReportLine line) {
        json.writeStartObject();
        for (int i = 0; i < columns.size(); i++) {
            Object value = columns.value(line, i);
            if (value instanceof Number number) {
                json.write(columns.name(i), number.longValue());
            } else if (value instanceof Boolean truth) {
                json.write(columns.name(i), truth);
            } else if (value != null) {
                json.write(columns.name(i), value.toString());
            }
        }
        json.writeEnd();
    }
}
