package org.oathbound.commandline.control;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far something is, on standard error: on a terminal one line that is drawn anew, elsewhere a line every few seconds.
 */
public final class ProgressBar implements AutoCloseable {

    private static final int CELLS = 20;
    private static final long DRAW_EACH = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LINE_EACH = TimeUnit.SECONDS.toNanos(5);
    private static final long RATE_OVER = TimeUnit.SECONDS.toNanos(10);
    private static final long RATE_FROM = TimeUnit.MILLISECONDS.toNanos(500);

    private record Point(long at, long done) {}

    private final PrintStream err;
    private final OptionalInt columns;
    private final String what;
    private final LongSupplier nanoTime;
    private final Deque<Point> points = new ArrayDeque<>();
    private long lastShown;
    private String line = "";
    private int drawn;
    private boolean shown;
    private boolean ended;

    public ProgressBar(Terminal terminal, String what) {
        this(terminal, what, System::nanoTime);
    }

    ProgressBar(Terminal terminal, String what, LongSupplier nanoTime) {
        this.err = terminal.err();
        this.columns = terminal.screen().columns();
        this.what = what;
        this.nanoTime = nanoTime;
        this.lastShown = nanoTime.getAsLong() - (columns.isPresent() ? DRAW_EACH : 0);
    }

    /** Shows it, if it is time to. */
    public synchronized void show(long done, long total) {
        long now = nanoTime.getAsLong();
        line = line(now, done, total);
        if (!ended && now - lastShown >= (columns.isPresent() ? DRAW_EACH : LINE_EACH)) {
            lastShown = now;
            shown = true;
            draw();
        }
    }

    /** Shows what was last, if anything was shown, and leaves the line; nothing is drawn after it. */
    @Override
    public synchronized void close() {
        if (ended) {
            return;
        }
        ended = true;
        if (shown) {
            draw();
        }
        if (drawn > 0) {
            err.println();
        }
    }

    private void draw() {
        if (columns.isEmpty()) {
            err.println(line);
            return;
        }
        String fitting = line.substring(0, Math.min(line.length(), columns.getAsInt() - 1));
        err.print("\r" + fitting + " ".repeat(Math.max(0, drawn - fitting.length())));
        err.flush();
        drawn = fitting.length();
    }

    private String line(long now, long done, long total) {
        int full = total <= 0 ? 0 : (int) (CELLS * Math.min(done, total) / total);
        String bar = "[" + "#".repeat(full) + ".".repeat(CELLS - full) + "]";
        String count = String.format(Locale.ROOT, "%,d of %,d", done, total);
        return what + " " + bar + "  " + count + rate(now, done);
    }

    /** Over the last seconds, for it is the present speed that tells when the end will come. */
    private String rate(long now, long done) {
        points.addLast(new Point(now, done));
        while (points.size() > 2 && now - points.getFirst().at() > RATE_OVER) {
            points.removeFirst();
        }
        Point from = points.getFirst();
        long nanos = now - from.at();
        return nanos < RATE_FROM
                ? ""
                : String.format(Locale.ROOT, "  %,d/s", Math.round((done - from.done()) * 1e9 / nanos));
    }
}
