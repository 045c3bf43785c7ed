package org.oathbound.report.control;

import org.oathbound.device.control.DeviceInventory;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.token.control.TokenInventory;

/** The report component's beans as the container would wire them. */
public final class ReportsFixture {

    private ReportsFixture() {}

    public static Reports reports(WholeDirectory directory, DevicesFixture parts) {
        return new Reports(
                new TokenInventory(directory, directory),
                new DeviceInventory(directory, directory, parts.devices),
                new ReportHolders(parts.devices, parts.persons));
    }
}
