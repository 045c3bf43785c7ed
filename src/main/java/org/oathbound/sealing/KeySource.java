package org.oathbound.sealing;

import com.nimbusds.jose.jwk.JWKSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.oathbound.directory.DataDirectory;

/** Where the key set comes from. {@code toString} names it as a message may, without anything of what is in it. */
sealed interface KeySource permits KeySetFile, KeySetValue, KeyCommand {

    String FILE = "oathbound.keys.file";
    String VALUE = "oathbound.keys.value";
    String COMMAND = "oathbound.keys.command";

    /** The keys; {@link IllegalStateException}, whose message has nothing of them, when they can't be had or used. */
    JWKSet read();

    /**
     * The one that the configuration names, else {@code keyset.json} in the data directory.
     *
     * @param property the value of a property, if it is set
     * @throws IllegalStateException when more than one is named
     */
    static KeySource configured(DataDirectory directory, Function<String, Optional<String>> property) {
        List<KeySource> named = new ArrayList<>();
        property.apply(FILE).map(Path::of).map(KeySetFile::new).ifPresent(named::add);
        property.apply(VALUE).map(json -> new KeySetValue(VALUE, json)).ifPresent(named::add);
        property.apply(COMMAND).map(KeyCommand::new).ifPresent(named::add);
        if (named.size() > 1) {
            throw new IllegalStateException(
                    "The key set has one source: set " + FILE + ", " + VALUE + " or " + COMMAND + ", not several.");
        }
        return named.isEmpty() ? new KeySetFile(directory.path().resolve("keyset.json")) : named.getFirst();
    }
}
