// Refreshes a line that says where a job stands, and the page once it has ended.

export function startProgress () {
  document.querySelectorAll('[data-job-url]').forEach(follow)
}

async function follow (line) {
  const response = await fetch(line.dataset.jobUrl, { credentials: 'same-origin' }).catch(() => null)
  if (response && response.ok) {
    const job = await response.json()
    const text = `${job.label}${job.state === 'running' ? `, ${job.percent}%` : ''}${job.message ? `: ${job.message}` : ''}`
    if (line.textContent !== text) line.textContent = text
    if (job.state === 'done' || job.state === 'failed') { window.location.reload(); return }
  }
  setTimeout(() => follow(line), 1000)
}
