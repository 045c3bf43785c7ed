package org.oathbound.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an environment has from the beginning has an id that follows from its own")
class EnvironmentTest {

    private static final UUID ID = UUID.fromString("abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
    private static final Environment ENVIRONMENT = new Environment(ID, DN.NULL_DN);

    @Test
    void theSameAtEveryStart() {
        assertThat(ENVIRONMENT.defaultPopulation()).hasToString("c45ac265-e63d-3a8c-806c-c9d92e30b57a");
        assertThat(ENVIRONMENT.firstPolicy()).hasToString("3ae41bac-d7c7-36a0-b052-9fbd7e7c4713");
    }

    @Test
    void anotherForEachThingAndEachEnvironment() {
        Environment other = new Environment(new UUID(1, 2), DN.NULL_DN);
        assertThat(ENVIRONMENT.defaultPopulation()).isNotIn(ID, ENVIRONMENT.firstPolicy(), other.defaultPopulation());
    }
}
