"""Who is who, posts and how they are handed over, readiness and its drills."""

from django.urls import path

from rtopnet.network.views import directory, handovers, posts, readiness

urlpatterns = [
    path("", directory.directory, name="network_directory"),
    path("posts/new/", posts.new_post, name="network_post_new"),
    path("posts/<uuid:post>/", directory.post, name="network_post"),
    path("posts/<uuid:post>/card.vcf", directory.card, name="network_post_card"),
    path("posts/<uuid:post>/contact/", posts.contact, name="network_post_contact"),
    path("posts/<uuid:post>/powers/", posts.powers, name="network_post_powers"),
    path("posts/<uuid:post>/retire/", posts.retire, name="network_post_retire"),
    path("posts/<uuid:post>/hand-over/", handovers.hand_over_post, name="network_hand_over"),
    path("hand-overs/<uuid:handover>/cancel/", handovers.cancel, name="network_hand_over_cancel"),
    path("readiness/", readiness.page, name="network_readiness"),
    path("readiness/<uuid:post>/confirm/", readiness.confirm, name="network_confirm_contact"),
    path("drills/new/", readiness.new_drill, name="network_drill_new"),
    path("drills/<uuid:drill>/", readiness.drill, name="network_drill"),
    path("drills/<uuid:drill>/call-off/", readiness.call_off, name="network_drill_call_off"),
    path("here/<str:token>/", readiness.here, name="network_here"),
]
