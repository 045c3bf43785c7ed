package org.oathbound.otp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * The codes of one secret (RFC 4226, section 5.3). Keyed once, then good for any number of codes. Not for use by several
 * threads at a time: the HMAC and its buffers are reused.
 */
public final class Hotp {

    private static final long NOWHERE = -1;

    private final Mac mac;
    private final int digits;
    private final int modulus;
    private final ByteBuffer message = ByteBuffer.allocate(Long.BYTES);
    private final ByteBuffer hmac;

    /**
     * @param digits the length of the token's codes, 6 or 8
     * @throws IllegalArgumentException for another number of digits
     */
    public Hotp(SharedSecret secret, HashAlgorithm algorithm, int digits) {
        this(algorithm.mac(secret), digits);
    }

    Hotp(Mac keyed, int digits) {
        this.modulus = Passcode.modulus(digits);
        this.digits = digits;
        this.mac = keyed;
        this.hmac = ByteBuffer.allocate(keyed.getMacLength());
    }

    /** The code at this moving factor, from 0. */
    public Passcode generate(long factor) {
        if (factor < 0) {
            throw new IllegalArgumentException("A moving factor is not negative, unlike " + factor + ".");
        }
        return Passcode.of(code(factor), digits);
    }

    /**
     * The moving factor in the window at which the code stands. If it stands at several, the lowest: a verifier that
     * believes the token too far behind finds its next code all the same, one that believes it too far ahead would refuse
     * the next codes as used.
     */
    public OptionalLong find(Passcode code, Window window) {
        long found = NOWHERE;
        for (long factor = window.last(); factor >= window.first(); factor--) {
            found = select(code.matches(code(factor), digits), factor, found);
        }
        return found(found);
    }

    /** All moving factors in the window at which the code stands, from the lowest on: by chance there can be several. */
    public List<Long> findAll(Passcode code, Window window) {
        long[] matches = new long[Math.toIntExact(window.last() - window.first() + 1)];
        for (int i = 0; i < matches.length; i++) {
            matches[i] = code.matches(code(window.first() + i), digits);
        }
        return IntStream.range(0, matches.length)
                .filter(i -> matches[i] != 0)
                .mapToObj(i -> window.first() + i)
                .toList();
    }

    /**
     * The moving factor in the window at which the first code stands while the second stands at the one right after it,
     * be that still in the window or not (resynchronisation, RFC 4226, section 7.4). The lowest, if there are several.
     */
    public OptionalLong findPair(Passcode first, Passcode second, Window window) {
        long last = Math.min(window.last(), Window.LAST - 1);
        long found = NOWHERE;
        long secondMatches = second.matches(code(last + 1), digits);
        for (long factor = last; factor >= window.first(); factor--) {
            int code = code(factor);
            found = select(first.matches(code, digits) & secondMatches, factor, found);
            secondMatches = second.matches(code, digits);
        }
        return found(found);
    }

    /** Dynamic truncation (section 5.3). The offset is in the last byte, which for SHA-1 alone is the RFC's byte 19. */
    int code(long factor) {
        message.putLong(0, factor);
        mac.update(message.array());
        try {
            mac.doFinal(hmac.array(), 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("The buffer is as long as the HMAC", e);
        }
        int offset = hmac.get(hmac.capacity() - 1) & 0x0f;
        return (hmac.getInt(offset) & 0x7fffffff) % modulus;
    }

    /** One or the other by a mask of all bits or none, so that a match costs what a miss does. */
    private static long select(long mask, long ifSet, long ifClear) {
        return (ifSet & mask) | (ifClear & ~mask);
    }

    private static OptionalLong found(long factor) {
        return factor == NOWHERE ? OptionalLong.empty() : OptionalLong.of(factor);
    }
}
