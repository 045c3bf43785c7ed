package org.oathbound.directory;

import java.time.Clock;
import org.oathbound.directory.embedded.EmbeddedDirectory;
import org.oathbound.directory.embedded.JournalSettings;

/** The directory inside this process, for tests that ask one for everything. */
public class WholeEmbeddedDirectory extends EmbeddedDirectory implements WholeDirectory {

    public WholeEmbeddedDirectory(String suffix, DataDirectory data, JournalSettings settings, Clock clock) {
        super(suffix, data, settings, clock);
    }
}
