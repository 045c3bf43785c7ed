package org.oathbound.directory.external;

import com.unboundid.ldap.sdk.LDAPException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.directory.DirectoryContract;

class ExternalDirectoryContractTest extends DirectoryContract {

    private static OpenLdap server;

    ExternalDirectoryContractTest() throws LDAPException {
        super(server.directory());
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = new OpenLdap(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.stop();
        }
    }
}
