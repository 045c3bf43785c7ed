package org.oathbound.directory;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.oathbound.problem.Problem;

/**
 * The entries that can't be read among many that are gone through: each is named in the log once, and left out. For one
 * thread.
 */
public final class UnreadableEntries {

    private static final Logger LOG = System.getLogger(UnreadableEntries.class.getName());

    private final Set<String> names = new HashSet<>();

    /**
     * Reads a value of one stored entry, which an administrator or a faulty disk may have damaged.
     *
     * @param name the DN of the entry
     * @throws Problem.Corrupt with that name, when a value is missing or can't be parsed
     */
    public static <T> T naming(String name, Supplier<T> read) {
        try {
            return read.get();
        } catch (Problem.Corrupt e) {
            throw e.entry() == null ? corrupt(name, ": " + e.getMessage(), e) : e;
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NullPointerException | DateTimeException e) {
            throw corrupt(name, ".", e);
        }
    }

    /** Whether it can be read. */
    public static <E> boolean isReadable(E entry, Function<E, ?> read) {
        try {
            return read.apply(entry) != null;
        } catch (Problem.Corrupt e) {
            return false;
        }
    }

    /** The values of those entries that can be read, in their order. */
    public <E, T> List<T> readable(List<E> entries, Function<E, T> read) {
        return entries.stream()
                .flatMap(entry -> read(() -> read.apply(entry)).stream())
                .toList();
    }

    /** The value that is read; empty when an entry that it needs can't be read. */
    public <T> Optional<T> read(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (Problem.Corrupt e) {
            leaveOut(e);
            return Optional.empty();
        }
    }

    /** Does something, as far as the entries that it needs can be read. */
    public void attempt(Runnable work) {
        try {
            work.run();
        } catch (Problem.Corrupt e) {
            leaveOut(e);
        }
    }

    /** How many different ones there were. */
    public int count() {
        return names.size();
    }

    private void leaveOut(Problem.Corrupt problem) {
        String name = problem.entry() == null ? problem.getMessage() : problem.entry();
        if (names.add(name)) {
            LOG.log(Level.WARNING, "The entry {0} can''t be read and is left out: {1}", name, problem.getMessage());
        }
    }

    private static Problem.Corrupt corrupt(String name, String why, RuntimeException cause) {
        Problem.Corrupt corrupt = new Problem.Corrupt("The entry " + name + " can't be read" + why, name);
        corrupt.initCause(cause);
        return corrupt;
    }
}
