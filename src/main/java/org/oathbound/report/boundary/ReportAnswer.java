package org.oathbound.report.boundary;

import java.time.Instant;
import java.util.function.Consumer;
import org.oathbound.report.control.ReportLine;

/**
 * A report that is made while it is written.
 *
 * @param name the first part of the file's name
 * @param at when it was asked for
 * @param lineType what all of its lines are
 * @param lines passes on the lines to whom it is given
 */
public record ReportAnswer(
        String name, Instant at, Class<? extends ReportLine> lineType, Consumer<Consumer<ReportLine>> lines) {}
