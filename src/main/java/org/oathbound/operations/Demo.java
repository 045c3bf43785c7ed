package org.oathbound.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Listing.Order;
import org.oathbound.environment.Environment;
import org.oathbound.file.PrivateFile;

/**
 * {@code oathbound.demo}: people with devices in an environment without people, and {@code demo.txt} in the data
 * directory, which says how to get their codes. Any reader of that file knows the secrets, so no other machine may
 * reach the interfaces.
 */
@ApplicationScoped
class Demo {

    private final boolean on;
    private final Loopback loopback;
    private final DemoPeople people;
    private final Listing listing;
    private final Path folder;

    @Inject
    Demo(
            @ConfigProperty(name = "oathbound.demo", defaultValue = "false") boolean on,
            Loopback loopback,
            DemoPeople people,
            Listing listing,
            DataDirectory data) {
        this.on = on;
        this.loopback = loopback;
        this.people = people;
        this.listing = listing;
        this.folder = data.path();
    }

    /** Before anything is changed; {@link IllegalStateException} when the demo is on and others could reach the interfaces. */
    void check() {
        if (on) {
            loopback.require();
        }
    }

    /**
     * Puts people into the environment, if the demo is on and the environment has none.
     *
     * @param http where HTTP is reached, such as {@code http://localhost:8080}
     */
    void fill(Environment environment, String http) {
        if (!on || !isEmpty(environment)) {
            return;
        }
        DemoText text = new DemoText(http, environment.id(), folder.resolve(BootstrapFile.NAME));
        people.create(environment, text);
        try {
            PrivateFile.write(path(), text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + path() + " can't be written.", e);
        }
    }

    /** The file that says how to get the codes, if the demo is on and has been filled. */
    Optional<Path> file() {
        return Optional.of(path()).filter(path -> on && Files.exists(path));
    }

    private Path path() {
        return folder.resolve("demo.txt");
    }

    private boolean isEmpty(Environment environment) {
        return listing.page(environment.people(), Attributes.ANY, null, 1, Order.ASCENDING)
                .entries()
                .isEmpty();
    }
}
