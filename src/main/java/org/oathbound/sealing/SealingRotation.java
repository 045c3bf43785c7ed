package org.oathbound.sealing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Exchanges the key that seals: a new one for all that is new, at once, and {@link Resealing} for what there is. */
@ApplicationScoped
public class SealingRotation {

    private static final Logger LOG = System.getLogger(SealingRotation.class.getName());

    private final KeySet keys;
    private final SealedValues values;
    private final Resealing resealing;
    private final Clock clock;

    @Inject
    public SealingRotation(KeySet keys, SealedValues values, Resealing resealing, Clock clock) {
        this.keys = keys;
        this.values = values;
        this.resealing = resealing;
        this.clock = clock;
    }

    /**
     * Begins a rotation: with a key of our making, or, where the keys are not ours to write, with what stands there now.
     *
     * @return the {@code kid} of the key that seals from now on
     */
    public String begin() {
        if (keys.isOurs()) {
            keys.addSealing(clock.instant());
        } else {
            readAgain();
        }
        String id = keys.current().sealingId();
        LOG.log(Level.INFO, "The sealing key {0} is in use.", id);
        resealing.start();
        return id;
    }

    /** Reads keys that are not ours to write again; refused when something is still sealed with one that is missing. */
    public void readAgain() {
        keys.readAgain(values.count().keySet());
    }

    /**
     * How far it has come: how many values there are under each key.
     *
     * @param counts by the {@code kid}, of keys that are in the set and of such as are not
     * @param unreadable how many do not open
     */
    public record Progress(Map<String, Integer> counts, int unreadable) {

        /** Values under this key. */
        public int under(String id) {
            return counts.getOrDefault(id, 0);
        }

        /** Values under any other. */
        public int underOthersThan(String id) {
            return counts.values().stream().mapToInt(Integer::intValue).sum() - under(id);
        }
    }

    /** Counts; it looks at every token. */
    public Progress progress() {
        return new Progress(values.count(), resealing.unreadable());
    }

    /** What may be told of each key, at this moment. */
    public List<KeyFact> facts() {
        return keys.facts(clock.instant());
    }
}
