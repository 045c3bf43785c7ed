package org.oathbound.report.control;

import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.TokensFixture;

/** The beans of an export as the container would wire them. */
public final class ExportsFixture {

    private ExportsFixture() {}

    public static Exports exports(WholeDirectory directory, Seals seals, DevicesFixture parts) {
        return new Exports(
                TokensFixture.tokenSecrets(directory, seals), new ReportHolders(parts.devices, parts.persons));
    }
}
