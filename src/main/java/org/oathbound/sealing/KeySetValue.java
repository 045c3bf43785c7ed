package org.oathbound.sealing;

import com.nimbusds.jose.jwk.JWKSet;

/** A key set that the configuration holds itself, as an environment variable does. It is the same until the next start. */
final class KeySetValue implements KeySource {

    private final String property;
    private final String json;

    KeySetValue(String property, String json) {
        this.property = property;
        this.json = json;
    }

    @Override
    public JWKSet read() {
        return KeySetText.parse(json, this);
    }

    @Override
    public String toString() {
        return "of " + property;
    }
}
