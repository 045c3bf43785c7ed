package org.oathbound.sealing;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Schema;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Problem;

/**
 * Seals anew, in the background, what former keys have sealed, and drops them when nothing needs them. It keeps no state: what
 * is left to do is what the directory has under former keys, so that a start goes on where a stop was.
 */
@ApplicationScoped
public class Resealing {

    private static final Logger LOG = System.getLogger(Resealing.class.getName());
    private static final Duration STOPPING_TAKES_AT_MOST = Duration.ofSeconds(10);

    /** So many are sealed anew, and then verification has the processor and the disk for itself. */
    private static final int AT_A_TIME = 500;

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A thread that read a value before it was sealed anew has opened it by then. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final KeySet keys;
    private final Seals seals;
    private final SealedValues values;
    private final Directory directory;
    private final Executor executor;
    private final Duration grace;
    private final Semaphore idle = new Semaphore(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Keys settled;
    private int resealed;

    @Inject
    public Resealing(KeySet keys, Seals seals, SealedValues values, Directory directory, Executor executor) {
        this(keys, seals, values, directory, executor, GRACE);
    }

    /** @param grace between the last value that was sealed anew and the drop of the former keys */
    Resealing(KeySet keys, Seals seals, SealedValues values, Directory directory, Executor executor, Duration grace) {
        this.keys = keys;
        this.seals = seals;
        this.values = values;
        this.directory = directory;
        this.executor = executor;
        this.grace = grace;
    }

    /** Starts work in the background, if there is any and no thread does it yet. */
    public void start() {
        if (isNeeded(keys.current()) && !isStopping() && idle.tryAcquire()) {
            executor.execute(this::workOnce);
        }
    }

    /** Ends the work where it is, and waits for that; the next start goes on. */
    public void stop() {
        stopping.countDown();
        try {
            if (idle.tryAcquire(STOPPING_TAKES_AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
                idle.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many values under former keys do not open; they keep these keys from being dropped. */
    public int unreadable() {
        return unreadable.size();
    }

    private void workOnce() {
        try {
            work();
        } catch (Problem.Unavailable e) {
            LOG.log(Level.WARNING, "Sealing anew waits: {0}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Sealing anew stands still; it is tried again in a minute.", e);
        } finally {
            idle.release();
        }
    }

    /** Returns when nothing is left to do, or the service stops. */
    void work() {
        unreadable.clear();
        for (Keys now = keys.current(); isNeeded(now) && !isStopping(); now = keys.current()) {
            if (isClean(List.of(Schema.SECRET, Schema.PAYLOAD), now)
                    // Last: until then a start with a key set that lacks the former key is refused.
                    && isClean(SealedValues.ATTRIBUTES, now)) {
                settle(now);
            }
        }
    }

    private boolean isNeeded(Keys now) {
        return now != settled && now.sealing().size() > 1;
    }

    /** True when a pass from the first value to the last has found nothing to do; false when the keys have changed, or we stop. */
    private boolean isClean(List<String> attributes, Keys now) {
        do {
            resealed = 0;
            values.forEach(entry -> reseal(entry, attributes), this::breathe);
        } while (resealed > 0 && keys.current() == now && !isStopping());
        return keys.current() == now && !isStopping();
    }

    private void settle(Keys now) {
        Set<String> former =
                now.sealing().stream().skip(1).map(key -> key.getKeyID()).collect(Collectors.toSet());
        if (!unreadable.isEmpty()) {
            LOG.log(Level.ERROR, "{0} values do not open; the former keys {1} stay.", unreadable.size(), former);
            settled = now;
        } else if (!keys.isOurs()) {
            LOG.log(Level.INFO, "Nothing is sealed with the keys {0} any more; they can be taken out.", former);
            settled = now;
        } else if (pauseFor(grace) && isClean(SealedValues.ATTRIBUTES, now)) {
            keys.dropSealing(former);
            LOG.log(Level.INFO, "Nothing is sealed with the keys {0} any more; they are dropped.", former);
        }
    }

    private Stream<Boolean> reseal(ReadOnlyEntry found, List<String> attributes) {
        if (isStopping() || attributes.stream().allMatch(name -> isCurrent(name, found))) {
            return Stream.empty();
        }
        try {
            return Stream.of(Contention.settle(() -> attempt(found, attributes)));
        } catch (Problem.Corrupt e) {
            if (unreadable.add(found.getDN())) {
                LOG.log(Level.ERROR, "A former key does not open what is sealed on {0}.", found.getDN());
            }
            return Stream.empty();
        }
    }

    /** Empty when another writer was faster. */
    private Optional<Boolean> attempt(ReadOnlyEntry found, List<String> attributes) {
        ReadOnlyEntry seen = directory.read(SealedValues.dn(found)).orElse(null);
        if (seen == null || attributes.stream().allMatch(name -> isCurrent(name, seen))) {
            return Optional.of(false);
        }
        Entry wanted = seen.duplicate();
        for (String name : attributes) {
            String value = seen.getAttributeValue(name);
            if (value != null && !isCurrent(name, seen)) {
                String anew = reseal(value);
                wanted.setAttribute(name, anew);
                if (name.equals(Schema.SECRET)) {
                    wanted.setAttribute(Schema.KEY_ID, SealedValues.keyIdOf(anew));
                }
            }
        }
        return directory.modifyIfUnchanged(seen, wanted) ? Optional.of(true) : Optional.empty();
    }

    /** What stands before a space is no part of what is sealed. */
    private String reseal(String value) {
        int sealed = value.indexOf(' ') + 1;
        return value.substring(0, sealed) + seals.reseal(value.substring(sealed));
    }

    private boolean isCurrent(String name, Entry entry) {
        String value = entry.getAttributeValue(name);
        String current = seals.keyId();
        return value == null
                || (SealedValues.keyIdOf(value).equals(current)
                        && (!name.equals(Schema.SECRET) || current.equals(entry.getAttributeValue(Schema.KEY_ID))));
    }

    private void breathe(boolean changed) {
        if (changed && ++resealed % AT_A_TIME == 0) {
            pauseFor(PAUSE);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** False when the service stops meanwhile. */
    private boolean pauseFor(Duration duration) {
        try {
            return !stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
