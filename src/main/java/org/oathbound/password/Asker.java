package org.oathbound.password;

import org.jspecify.annotations.Nullable;

/**
 * Who shows a secret: under which name, from where.
 *
 * @param name what the account is found by, so that every name of one account is one; what was typed where there is none
 */
public record Asker(String name, ClientNetwork from) {

    /**
     * Who shows a secret.
     *
     * @param address as it came; null where none is known
     */
    public static Asker of(String name, @Nullable String address) {
        return new Asker(name, ClientNetwork.of(address).orElse(ClientNetwork.UNKNOWN));
    }

    /** Name and address as a pair. */
    String pair() {
        return from.one() + " " + name;
    }
}
