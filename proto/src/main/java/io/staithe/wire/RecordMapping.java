package io.staithe.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.staithe.proto.v1.StoredObject;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** One record class of the model and the message of its name, matched when first asked for and kept with the class. */
final class RecordMapping {
    private static final ClassValue<RecordMapping> MAPPINGS = new ClassValue<>() {
        @Override
        protected RecordMapping computeValue(Class<?> type) {
            return new RecordMapping(type);
        }
    };

    private final Message prototype;
    private final MethodHandle constructor;
    private final List<ComponentMapping> components;

    /** @throws IllegalStateException when there is no such message, or it differs in shape */
    static RecordMapping of(Class<?> type) {
        return MAPPINGS.get(type);
    }

    private RecordMapping(Class<?> type) {
        if (!type.isRecord()) throw new IllegalStateException(type + " is not a record, and known in no other way");
        this.prototype = prototype(type);
        this.constructor = constructor(type);
        this.components = match(type, prototype.getDescriptorForType());
    }

    Message toMessage(Object value) {
        Message.Builder message = prototype.newBuilderForType();
        for (ComponentMapping component : components) component.write(value, message);
        return message.build();
    }

    Object toRecord(Message message) {
        if (message.getDescriptorForType() != prototype.getDescriptorForType())
            throw new IllegalArgumentException(message.getDescriptorForType().getFullName() + " is not a "
                    + prototype.getDescriptorForType().getFullName());
        Message current = Earlier.asNow(message);
        Object[] values = new Object[components.size()];
        for (int i = 0; i < values.length; i++) values[i] = components.get(i).read(current);
        return Handles.construct(constructor, values);
    }

    Message parse(ByteString bytes) throws InvalidProtocolBufferException {
        return prototype.getParserForType().parseFrom(bytes);
    }

    Descriptor descriptor() {
        return prototype.getDescriptorForType();
    }

    private static Message prototype(Class<?> type) {
        String name = StoredObject.class.getPackageName() + "." + type.getSimpleName();
        try {
            Class<?> generated = Class.forName(name, true, StoredObject.class.getClassLoader());
            return (Message) MethodHandles.publicLookup()
                    .unreflect(generated.getMethod("getDefaultInstance"))
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("no message " + name + " for " + type.getName(), e);
        }
    }

    private static MethodHandle constructor(Class<?> type) {
        Class<?>[] types = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return Handles.constructor(type.getDeclaredConstructor(types));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ComponentMapping> match(Class<?> type, Descriptor descriptor) {
        Map<String, FieldDescriptor> fields = new HashMap<>();
        for (FieldDescriptor field : descriptor.getFields()) fields.put(comparable(field.getName()), field);
        List<ComponentMapping> matched = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            FieldDescriptor field = fields.remove(comparable(component.getName()));
            if (field == null)
                throw new IllegalStateException(descriptor.getFullName() + " has no field for " + type.getSimpleName()
                        + "." + component.getName());
            matched.add(ComponentMapping.of(component, field));
        }
        if (!fields.isEmpty())
            throw new IllegalStateException(type.getSimpleName() + " has no component for "
                    + fields.values().iterator().next().getFullName());
        return List.copyOf(matched);
    }

    private static String comparable(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
