package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.embedded.JournalSettings;

/** Embedded directories for tests that are not about the disk. */
public final class Directories {

    private static final JournalSettings UNSYNCED = new JournalSettings(false, 64 << 20, 3, Duration.ofDays(7));

    private Directories() {}

    /** A new one, on a data directory of its own that nobody looks at again. */
    public static WholeEmbeddedDirectory fresh() {
        return fresh("dc=example,dc=com");
    }

    /** How often a padding entry was written. */
    public static long paddingWrites(WholeDirectory directory) {
        DN padding = new DN(new RDN(Schema.OU, "Padding"), directory.suffix());
        Filter any = Filter.createPresenceFilter(Schema.OBJECT_CLASS);
        return directory.page(padding, any, null, Integer.MAX_VALUE, Order.ASCENDING).entries().stream()
                .mapToLong(entry -> entry.getAttributeValueAsLong(Schema.REVISION) + 1)
                .sum();
    }

    public static WholeEmbeddedDirectory fresh(String suffix) {
        try {
            Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target", "directories")), "d");
            return in(suffix, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One on a data directory that may have been used before. */
    public static WholeEmbeddedDirectory in(Path data) {
        return in("dc=example,dc=com", data);
    }

    private static WholeEmbeddedDirectory in(String suffix, Path data) {
        return new WholeEmbeddedDirectory(suffix, new DataDirectory(data), UNSYNCED, Clock.systemUTC());
    }
}
