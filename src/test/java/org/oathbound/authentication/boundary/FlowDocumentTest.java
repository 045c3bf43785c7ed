package org.oathbound.authentication.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.authentication.entity.NewFlow;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.Problem;

class FlowDocumentTest {

    private static final UUID USER = UUID.fromString("4c34ad91-0ded-33e3-12f9-cd8210c5840d");
    private static final UUID DEVICE = UUID.fromString("0f3e2bd6-6a53-5d0a-9d0c-6f5a3d4c2b1a");
    private static final UUID POLICY = UUID.fromString("3b9f6a1e-2c4d-5e6f-8a7b-9c0d1e2f3a4b");

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
    }

    private static List<String> faults(Consumer<JsonObject> reader, String text) {
        return catchThrowableOfType(Problem.InvalidData.class, () -> reader.accept(json(text))).details().stream()
                .map(detail -> detail.code() + " " + detail.target())
                .toList();
    }

    @Nested
    @DisplayName("A new flow names a person, and whatever else it likes")
    class Begins {

        @Test
        void aPersonIsEnough() {
            assertThat(FlowDocument.begin(json("{'user': {'id': '" + USER + "'}}")))
                    .isEqualTo(new NewFlow(USER, null, null, null));
        }

        @Test
        void thePolicyTheDeviceAndItsCode() {
            assertThat(FlowDocument.begin(json("{'user': {'id': '" + USER + "'}, 'policy': {'id': '" + POLICY
                            + "'}, 'selectedDevice': {'id': '" + DEVICE + "', 'otp': '012345'}, 'other': 1}")))
                    .isEqualTo(new NewFlow(
                            USER, POLICY, DEVICE, Passcode.parse("012345").orElseThrow()));
        }

        @Test
        void allFaultsAreNamed() {
            assertThat(faults(FlowDocument::begin, "{}")).containsExactly("REQUIRED_VALUE user");
            assertThat(faults(
                            FlowDocument::begin,
                            "{'user': {'id': '1-2-3-4-5'}, 'policy': {}, 'selectedDevice': {'otp': '12345'}}"))
                    .containsExactly(
                            "INVALID_VALUE user.id",
                            "REQUIRED_VALUE policy.id",
                            "REQUIRED_VALUE selectedDevice.id",
                            "INVALID_VALUE selectedDevice.otp");
        }
    }

    @Nested
    @DisplayName("A device is selected by its id")
    class Selects {

        @Test
        void thatIsRead() {
            assertThat(FlowDocument.select(json("{'device': {'id': '" + DEVICE + "'}, 'compatibility': 'FULL'}")))
                    .isEqualTo(DEVICE);
        }

        @Test
        void thatMustBeThere() {
            assertThat(faults(FlowDocument::select, "{'id': '" + DEVICE + "'}"))
                    .containsExactly("REQUIRED_VALUE device");
            assertThat(faults(FlowDocument::select, "{'device': {'id': 7}}"))
                    .containsExactly("INVALID_VALUE device.id");
        }
    }

    @Nested
    @DisplayName("A code is six or eight ASCII digits before anything else happens")
    class Checks {

        @ParameterizedTest
        @ValueSource(strings = {"000000", "57107121"})
        void whichAreRead(String otp) {
            assertThat(FlowDocument.check(json("{'otp': '" + otp + "'}")).text())
                    .isEqualTo(otp);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " 123456",
                    "123456 ",
                    "123 456",
                    "\\t123456",
                    "\\u00a0123456",
                    "１２３４５６",
                    "٠١٢٣٤٥",
                    "+123456",
                    "1234567",
                    "123456\\u0000",
                    "-123456"
                })
        void anythingElseIsRefused(String otp) {
            assertThat(faults(FlowDocument::check, "{'otp': '" + otp + "'}")).containsExactly("INVALID_VALUE otp");
        }

        @Test
        void noneIsRefused() {
            assertThat(faults(FlowDocument::check, "{}")).containsExactly("REQUIRED_VALUE otp");
            assertThat(faults(FlowDocument::check, "{'otp': 123456}")).containsExactly("INVALID_VALUE otp");
        }
    }
}
