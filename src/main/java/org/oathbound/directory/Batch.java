package org.oathbound.directory;

import java.util.function.Supplier;

/** One wait for the disk where there are many writes. */
public interface Batch {

    /**
     * Does many things and waits for the disk once, at the end. No client may be told of anything that happens inside
     * before this returns.
     */
    <T> T together(Supplier<T> work);
}
