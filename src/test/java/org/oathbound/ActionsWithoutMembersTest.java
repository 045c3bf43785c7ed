package org.oathbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.Operation;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A POST that needs no member takes a body that is absent, empty, {} or null")
class ActionsWithoutMembersTest {

    /** Of these no member is required, and there are some: JsonBodyTest has what they make of a body that is left out. */
    private static final Set<String> WITH_OPTIONAL_MEMBERS = Set.of(
            "POST /v1/environments/{}/applications/{}/secret",
            "POST /directory/v1/{}/generateTOTPSharedSecret",
            "POST /directory/v1/{}/revokeTOTPSharedSecret",
            "POST /directory/v1/{}/changePassword");

    /** One that reads no body can't refuse any. */
    @Test
    void readsNoneOrReadsItIfThereIsAny() {
        Set<String> readingNone = ApiCalls.METHODS.stream()
                .filter(method -> Stream.of(method.getParameterTypes()).noneMatch(InputStream.class::equals))
                .map(ApiCalls::call)
                .filter(call -> call.startsWith("POST "))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> needingNone = new TreeSet<>();
        ApiCalls.DOCUMENT.getOpenAPI().getPaths().forEach((path, item) -> {
            if (item.getPost() != null && !isBodyRequired(item.getPost())) {
                needingNone.add("POST " + ApiCalls.withoutNames(path));
            }
        });
        assertThat(needingNone).containsAll(WITH_OPTIONAL_MEMBERS);
        needingNone.removeAll(WITH_OPTIONAL_MEMBERS);
        assertThat(needingNone).isNotEmpty();
        assertThat(readingNone).containsAll(needingNone);
    }

    private static boolean isBodyRequired(Operation operation) {
        return operation.getRequestBody() != null
                && Boolean.TRUE.equals(operation.getRequestBody().getRequired());
    }
}
