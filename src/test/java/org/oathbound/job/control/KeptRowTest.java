package org.oathbound.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.seedfile.control.SeedRow;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.seedfile.entity.SeedToken;
import org.oathbound.token.entity.RequestedToken;

@DisplayName("A row is kept in the form that earlier versions have left")
class KeptRowTest {

    private static final SeedToken TOKEN = new SeedToken(
            "T1", "31323334", "TOTP", "HmacSHA1", 6, null, 30L, 0L, 7, "M", "X", "2030-12-31T23:59:59Z", null, null);

    private static final String KEPT = "{'number':7,'cells':['T1','31******'],'serialNumber':'T1',"
            + "'token':{'serialNumber':'T1','secret':'31323334','type':'TOTP','hashAlgorithm':'HmacSHA1','otpLength':6,"
            + "'totp':{'timeStep':30,'drift':0},'rowNumber':7,'manufacturer':'M','model':'X',"
            + "'expiresAt':'2030-12-31T23:59:59Z'},'username':'jane','status':'BLOCKED'}";

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
    }

    @Test
    void aTokenWithItsOwner() {
        Owner jane = new Owner("jane", Owner.Status.BLOCKED);
        SeedRow row = new SeedRow(7, "T1", List.of("T1", "31******"), TOKEN, jane, List.of());
        assertThat(KeptRow.of(row)).isEqualTo(json(KEPT));
        RequestedToken token = new RequestedToken(
                "T1",
                "31323334",
                "TOTP",
                "HmacSHA1",
                6L,
                null,
                new RequestedToken.Totp(30L, 0L),
                7L,
                "M",
                "X",
                "2030-12-31T23:59:59Z",
                null,
                null,
                List.of());
        assertThat(KeptRow.ofFile(json(KEPT)))
                .isEqualTo(new KeptRow(7, "T1", List.of("T1", "31******"), token, true, jane, List.of()));
    }

    @Test
    void aCounter() {
        JsonObject kept = json("{'number':1,'cells':[],'token':{'type':'HOTP','hotp':{'counter':42},'rowNumber':1}}");
        SeedToken token =
                new SeedToken(null, null, "HOTP", null, null, 42L, null, null, 1, null, null, null, null, null);
        assertThat(KeptRow.of(new SeedRow(1, null, List.of(), token, null, List.of())))
                .isEqualTo(kept);
        KeptRow read = KeptRow.ofFile(kept);
        assertThat(Objects.requireNonNull(read.token()).hotp()).isEqualTo(new RequestedToken.Hotp(42L));
        assertThat(read.isMoved()).isFalse();
    }

    @Test
    void whatIsWrong() {
        List<Detail> faults = List.of(
                new Detail(DetailCode.INVALID_VALUE, "secret", "No."),
                new Detail(DetailCode.INVALID_VALUE, null, "N."));
        JsonObject kept = json(
                "{'number':2,'cells':['a'],'serialNumber':'X1','faults':["
                        + "{'code':'INVALID_VALUE','message':'No.','target':'secret'},{'code':'INVALID_VALUE','message':'N.'}]}");
        assertThat(KeptRow.of(new SeedRow(2, "X1", List.of("a"), null, null, faults)))
                .isEqualTo(kept);
        assertThat(KeptRow.ofFile(kept)).isEqualTo(new KeptRow(2, "X1", List.of("a"), null, false, null, faults));
    }
}
