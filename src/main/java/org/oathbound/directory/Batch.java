package org.oathbound.directory;

import java.util.function.Supplier;

/** One wait for the disk where there are many writes. */
public interface Batch {

    /**
     * Does many things and waits for the disk once, at the end. Nothing of what happens inside may be told to anybody before
     * this returns.
     */
    <T> T together(Supplier<T> work);
}
