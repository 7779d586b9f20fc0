"""Pages of the ground floor: home, people, invitations, the trail, and the site's own pages."""
