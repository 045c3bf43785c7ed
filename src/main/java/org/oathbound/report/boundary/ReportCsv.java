package org.oathbound.report.boundary;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.oathbound.http.SpreadsheetCsv;
import org.oathbound.report.control.ReportLine;

/** Writes a report as comma-separated values; one that was cut off lacks its last line. */
@Provider
@Produces(SpreadsheetCsv.MEDIA_TYPE)
public class ReportCsv implements MessageBodyWriter<ReportAnswer> {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

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
        headers.putSingle(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + report.name() + "-" + STAMP.format(report.at()) + ".csv\"");
        ReportColumns columns = new ReportColumns(report.lineType());
        SpreadsheetCsv csv = new SpreadsheetCsv(out, columns.names());
        report.lines().accept(line -> csv.row(cells(columns, line)));
        csv.end();
    }

    private static List<String> cells(ReportColumns columns, ReportLine line) {
        List<String> cells = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Object value = columns.value(line, i);
            cells.add(value == null ? "" : value.toString());
        }
        return cells;
    }
}
