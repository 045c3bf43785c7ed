package org.oathbound.oauth.control;

import java.util.Optional;

/**
 * Values by a key, each for a limited time; a stop may lose them. Keys and values are compared with {@code equals}, and each
 * method is atomic.
 */
public interface ExpiringStore<V> {

    Optional<V> get(String key);

    /** Puts a value there; its time begins now. */
    void put(String key, V value);

    /**
     * Exchanges a value; its time goes on.
     *
     * @return false when another value than {@code before} is there, or none; then nothing changes
     */
    boolean replace(String key, V before, V after);

    /** Takes the value away; among many who do so at once, one is given it. */
    Optional<V> remove(String key);
}
