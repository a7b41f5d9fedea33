//! `io.gilgamesh.internal.ObjectNatives`.

use crate::forward::forward;
use gilgamesh_core::verbs::{access, attributes, calls, handles, inspection, items, iteration, operators, parts, rows};
use jni_sys::{jint, jlong};

forward! {
    call0(context: jlong, callable: jlong, want: jint, exchange: jlong) = calls::call0;
    call(context: jlong, callable: jlong, want: jint, exchange: jlong) = calls::call;
    call_parts(context: jlong, callable: jlong, exchange: jlong) = parts::call_parts;
    call_method(context: jlong, receiver: jlong, name: jlong, want: jint, exchange: jlong) = calls::call_method;
    attribute(context: jlong, owner: jlong, name: jlong, want: jint, exchange: jlong) = attributes::attribute;
    find_attribute(context: jlong, owner: jlong, name: jlong, want: jint, exchange: jlong) = attributes::find_attribute;
    set_attribute(context: jlong, owner: jlong, name: jlong, exchange: jlong) = attributes::set_attribute;
    delete_attribute(context: jlong, owner: jlong, name: jlong, exchange: jlong) = attributes::delete_attribute;
    item(context: jlong, owner: jlong, want: jint, exchange: jlong) = items::item;
    set_item(context: jlong, owner: jlong, exchange: jlong) = items::set_item;
    delete_item(context: jlong, owner: jlong, exchange: jlong) = items::delete_item;
    operate(context: jlong, owner: jlong, operator: jint, want: jint, exchange: jlong) = operators::operate;
    inspect(context: jlong, object: jlong, what: jint, want: jint, exchange: jlong) = inspection::inspect;
    map_rows(context: jlong, function: jlong, want: jint, exchange: jlong) = rows::map_rows;
    iterate(context: jlong, owner: jlong, most: jint, want: jint, second: jint, exchange: jlong) = iteration::iterate;
    next_batch(
        context: jlong, iterator: jlong, most: jint, want: jint, second: jint, exchange: jlong
    ) = iteration::next_batch;
    element(context: jlong, owner: jlong, index: jlong, what: jint, want: jint, exchange: jlong) = access::element;
    entry(context: jlong, owner: jlong, what: jint, want: jint, exchange: jlong) = access::entry;
    same(context: jlong, one: jlong, other: jlong, exchange: jlong) = operators::same;
    is_instance(context: jlong, object: jlong, exchange: jlong) = operators::is_instance;
    exit(context: jlong, manager: jlong, exchange: jlong) = inspection::exit;
    make(context: jlong, want: jint, exchange: jlong) = handles::make;
    intern(context: jlong, exchange: jlong) = attributes::intern;
}
