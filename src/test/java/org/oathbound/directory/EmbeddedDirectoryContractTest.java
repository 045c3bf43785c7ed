package org.oathbound.directory;

class EmbeddedDirectoryContractTest extends DirectoryContract {

    EmbeddedDirectoryContractTest() {
        super(Directories.fresh());
    }
}
