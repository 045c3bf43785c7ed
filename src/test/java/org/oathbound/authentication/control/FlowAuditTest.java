package org.oathbound.authentication.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.authentication.control.SignOnFixture.APPLICATION;
import static org.oathbound.authentication.control.SignOnFixture.RIGHT;
import static org.oathbound.authentication.control.SignOnFixture.WRONG;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.audit.AuditContext;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.authentication.entity.NewFlow;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;

@DisplayName("The line of a call to a flow says whose flow it is, whatever comes of it")
@Tag("slow")
class FlowAuditTest {

    private SignOnFixture fixture;
    private UUID person;
    private UUID device;
    private AuditContext.@Nullable Scope where;

    @BeforeEach
    void start(@TempDir Path data) {
        fixture = new SignOnFixture(new Seals(KeySets.in(data)));
        person = fixture.person();
        device = fixture.pair(person);
    }

    @AfterEach
    void closeTheDoor() {
        if (where != null) {
            where.close();
        }
    }

    /** As a request comes in, of which no more than its environment is known. */
    private void open() {
        closeTheDoor();
        where = AuditContext.from("192.0.2.7").in(fixture.environment.id()).enter();
    }

    private Flow begun() {
        Flow flow = fixture.begin(person);
        open();
        return flow;
    }

    private void assertTold() {
        assertThat(AuditContext.current().person()).isEqualTo(person);
    }

    @Test
    void ofOneThatIsBegun() {
        open();
        fixture.begin(person);
        assertTold();
    }

    @Test
    void ofOneThatAWrongCodeWouldHaveBegun() {
        open();
        assertThatThrownBy(() -> fixture.begin(person, device, WRONG)).isInstanceOf(Problem.InvalidData.class);
        assertTold();
    }

    @Test
    void ofOneWhoseDeviceIsSelected() {
        Flow flow = begun();
        fixture.signOn.select(fixture.environment, flow.subject().id(), device);
        assertTold();
    }

    @Test
    void ofARightAndAWrongCode() {
        Flow flow = begun();
        assertThatThrownBy(() -> fixture.check(flow, WRONG)).isInstanceOf(Problem.InvalidData.class);
        assertTold();
        open();
        fixture.check(flow, RIGHT);
        assertTold();
        open();
        assertThatThrownBy(() -> fixture.check(flow, RIGHT)).isInstanceOf(Problem.RequestFailed.class);
        assertTold();
    }

    @Test
    void andOfNobodyWhereThereIsNone() {
        open();
        UUID none = UUID.randomUUID();
        assertThatThrownBy(() -> fixture.signOn.select(fixture.environment, none, device))
                .isInstanceOf(Problem.NotFound.class);
        assertThatThrownBy(() ->
                        fixture.signOn.begin(fixture.environment, APPLICATION, new NewFlow(none, null, null, null)))
                .isInstanceOf(Problem.InvalidData.class);
        assertThat(AuditContext.current().person()).isNull();
    }

    @Test
    void norIsItLeftBehindWhereNoDoorIsOpen() {
        Supplier<Optional<UUID>> begin = () -> {
            fixture.begin(person);
            return Optional.ofNullable(AuditContext.current().person());
        };
        assertThat(CompletableFuture.supplyAsync(begin, task -> new Thread(task).start())
                        .join())
                .isEmpty();
    }
}
