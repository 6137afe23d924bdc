// Wakes when a push comes: shows its title, which names nobody and nothing, and opens the notices on a click.

const NOTICES = "{% url 'network_notices' %}";

self.addEventListener("push", (event) => {
  const { title } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { tag: "notices", renotify: true }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(NOTICES));
});
