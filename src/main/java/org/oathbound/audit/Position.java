package org.oathbound.audit;

/**
 * How far the chain has come.
 *
 * @param sequence the number of its last line; 0 before the first
 * @param hash of that line
 * @param file the name of its file; empty before the first
 * @param length bytes of that file up to and with that line
 */
record Position(long sequence, String hash, String file, long length) {

    static final Position NONE = new Position(0, Chain.GENESIS, "", 0);
}
