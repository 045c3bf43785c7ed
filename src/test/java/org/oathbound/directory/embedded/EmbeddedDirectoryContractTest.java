package org.oathbound.directory.embedded;

import org.oathbound.directory.Directories;
import org.oathbound.directory.DirectoryContract;

class EmbeddedDirectoryContractTest extends DirectoryContract {

    EmbeddedDirectoryContractTest() {
        super(Directories.fresh());
    }
}
